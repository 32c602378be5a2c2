//! Petstablished: its export of pets.

use entity::vocabulary::StayOutcome;

use super::super::{
    column::Column,
    format::{Format, Meaning},
};

pub(crate) static PETSTABLISHED: Format = Format {
    name: "Petstablished",
    fingerprints: &[&["petstablishedid"]],
    columns: &[
        (Column::ExternalId, &["petstablishedid"]),
        (Column::Kennel, &["currentlocation"]),
        (Column::IntakeSubtype, &["subtype"]),
    ],
    words: &[&[(Column::Status, "archived", Meaning::Left(StayOutcome::Unknown))]],
    month_first: true,
    ..Format::PLAIN
};
