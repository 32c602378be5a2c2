//! PetPoint: its reports by their titles, and those that carry the names of their layout, such as `textbox49`.

use entity::vocabulary::{StayOutcome, StayStage};

use super::super::{
    column::Column,
    format::{Format, Meaning, Word},
};

pub(crate) static PETPOINT: Format = Format {
    name: "PetPoint",
    fingerprints: &[
        &["animalnumber", "arn"],
        &["animalid", "arn", "admitter"],
        &["animalid", "arn", "intakesubtype"],
        &["textbox*", "animalname"],
        &["textbox*", "species"],
    ],
    columns: &[
        (Column::ExternalId, &["animalnumber", "animalid"]),
        (Column::AlternativeId, &["arn"]),
        (Column::Status, &["stage"]),
        (Column::Kennel, &["location", "sublocation"]),
        (Column::Jurisdiction, &["jurisdiction"]),
    ],
    words: &[STAGES],
    month_first: true,
    ..Format::PLAIN
};

/// Steps on the way through a shelter.
pub(super) const STAGES: &[Word] = &[
    (Column::Status, "bite quarantine", Meaning::Stays(Some(StayStage::Hold))),
    (Column::Status, "released", Meaning::Left(StayOutcome::Unknown)),
];
