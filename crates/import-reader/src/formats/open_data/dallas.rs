//! Dallas, Texas, from Chameleon. Reports of lost pets from the web are among the intakes.

use entity::vocabulary::{PetKind, PetStatus};

use super::super::{
    column::Column,
    format::{Format, Meaning, Word},
    software::chameleon,
};

pub(crate) static DALLAS: Format = Format {
    name: "Dallas open data",
    fingerprints: &[&["animalid", "animalbreed", "kennelstatus", "chipstatus"]],
    columns: &[
        (Column::ExternalId, &["animalid"]),
        (Column::AlternativeId, &["impoundnumber"]),
        (Column::Kennel, &["kennelnumber"]),
        (Column::Status, &["kennelstatus"]),
        (Column::HoldUntil, &["dueout"]),
    ],
    words: &[chameleon::WORDS, WORDS],
    month_first: true,
    ..Format::PLAIN
};

const WORDS: &[Word] = &[
    (Column::Status, "eu risk", Meaning::Stays(None)),
    (Column::Status, "lab", Meaning::Stays(None)),
    (Column::Status, "released from quarantine", Meaning::Stays(None)),
    (
        Column::IntakeSubtype,
        "web",
        Meaning::Reported(PetKind::Lost, PetStatus::Open),
    ),
];
