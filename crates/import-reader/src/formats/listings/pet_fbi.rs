//! Pet FBI: lost and found pets, and strays in shelters. Times are seconds since 1970.

use entity::vocabulary::IntakeKind;

use super::super::{
    column::Column,
    format::{Format, Meaning},
};

pub(crate) static PET_FBI: Format = Format {
    name: "Pet FBI",
    fingerprints: &[&["petid", "zippostal", "status"]],
    columns: &[(Column::ExternalId, &["petid"]), (Column::RecordType, &["status"])],
    words: &[&[(Column::RecordType, "stray", Meaning::Came(IntakeKind::Stray))]],
    month_first: true,
    ..Format::PLAIN
};
