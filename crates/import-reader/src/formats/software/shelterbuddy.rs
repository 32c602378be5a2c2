//! ShelterBuddy: its report of animals. It writes 1 January 1900 where there is no date.

use entity::vocabulary::StayStage;

use super::super::{
    column::Column,
    format::{Format, Meaning},
};

pub(crate) static SHELTERBUDDY: Format = Format {
    name: "ShelterBuddy",
    fingerprints: &[
        &["animalid", "incomingdate", "statuscurrent"],
        &["animalid", "incomingdate", "sourcecurrent"],
    ],
    columns: &[(Column::ExternalId, &["animalid"])],
    words: &[&[
        (
            Column::Status,
            "awaiting desex",
            Meaning::Stays(Some(StayStage::Treatment)),
        ),
        (
            Column::Status,
            "awaiting desexing",
            Meaning::Stays(Some(StayStage::Treatment)),
        ),
        (
            Column::Status,
            "awaiting vet check",
            Meaning::Stays(Some(StayStage::Treatment)),
        ),
    ]],
    ..Format::PLAIN
};
