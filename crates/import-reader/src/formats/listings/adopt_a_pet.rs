//! Adopt-a-Pet: the file that shelters upload to it.

use entity::vocabulary::StayOutcome;

use super::super::{
    column::Column,
    format::{Format, Meaning},
};

pub(crate) static ADOPT_A_PET: Format = Format {
    name: "Adopt-a-Pet",
    fingerprints: &[&["goodwkids", "purebred"]],
    columns: &[
        (Column::ExternalId, &["id"]),
        (Column::Species, &["animal"]),
        (Column::Purebred, &["purebred"]),
    ],
    words: &[&[
        (Column::Status, "inactive", Meaning::Left(StayOutcome::Unknown)),
        (Column::Status, "removed", Meaning::Left(StayOutcome::Unknown)),
    ]],
    month_first: true,
    ..Format::PLAIN
};
