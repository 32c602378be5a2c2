//! Long Beach, California, from Chameleon. A crossing is where the animal was found.

use entity::vocabulary::{IntakeKind, StayOutcome};

use super::super::{
    column::Column,
    format::{Format, Meaning, Word},
    software::chameleon,
};

pub(crate) static LONG_BEACH: Format = Format {
    name: "Long Beach",
    fingerprints: &[
        &["animalid", "reasonforintake", "crossing", "outcomedate"],
        &["animalid", "intakeisdead", "outcomeisdead"],
    ],
    columns: &[
        (Column::ExternalId, &["animalid"]),
        (Column::Jurisdiction, &["jurisdiction"]),
    ],
    words: &[chameleon::WORDS, WORDS],
    month_first: true,
    ..Format::PLAIN
};

const WORDS: &[Word] = &[
    (
        Column::Outcome,
        "shelter neuter return",
        Meaning::Left(StayOutcome::Released),
    ),
    (
        Column::Outcome,
        "trap neuter release",
        Meaning::Left(StayOutcome::Released),
    ),
    (Column::Outcome, "community cat", Meaning::Left(StayOutcome::Released)),
    (Column::Outcome, "homefirst", Meaning::Left(StayOutcome::Adopted)),
    (Column::Outcome, "duplicate", Meaning::Left(StayOutcome::Other)),
    (
        Column::IntakeType,
        "adopted animal return",
        Meaning::Came(IntakeKind::Return),
    ),
    (Column::IntakeType, "welfare seized", Meaning::Came(IntakeKind::Seized)),
];
