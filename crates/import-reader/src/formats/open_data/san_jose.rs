//! San José, California, from Chameleon. A crossing is where the animal was found.

use entity::vocabulary::{PetKind, PetStatus};

use super::super::{
    column::Column,
    format::{Format, Meaning, Word},
    software::chameleon,
};

pub(crate) static SAN_JOSE: Format = Format {
    name: "San Jose open data",
    fingerprints: &[&["animalid", "primarybreed", "intakereason", "crossing"]],
    columns: &[
        (Column::ExternalId, &["animalid"]),
        (Column::Jurisdiction, &["jurisdiction"]),
    ],
    words: &[chameleon::WORDS, WORDS],
    month_first: true,
    ..Format::PLAIN
};

/// Somebody else keeps the animal and reported it.
const WORDS: &[Word] = &[(
    Column::IntakeSubtype,
    "found",
    Meaning::Reported(PetKind::Found, PetStatus::Open),
)];
