//! Chameleon: the records of intakes that agencies hand out, and the codes that data portals have from it.
//!
//! Each agency has codes of its own besides; these are in the modules of the portals.

use entity::vocabulary::{IntakeKind, PetKind, PetStatus, StayOutcome};

use super::super::{
    column::Column,
    format::{Format, Meaning, Word},
};

const PLAIN: Format = Format {
    name: "Chameleon",
    fingerprints: &[&["animalid", "intype", "indate"]],
    columns: &[
        (Column::ExternalId, &["animalid"]),
        (Column::AlternativeId, &["impound"]),
        (Column::Kennel, &["kennel"]),
        (Column::HoldUntil, &["dueout"]),
        (Column::FoundPlace, &["source"]),
        (Column::Jurisdiction, &["jurisdiction"]),
    ],
    words: &[WORDS],
    month_first: true,
    ..Format::PLAIN
};

pub(crate) static CHAMELEON: Format = PLAIN;

/// Its age is a bare number, beside the years and months that make it up.
pub(crate) static RECORDS: Format = Format {
    fingerprints: &[&["impound", "animalid", "intype", "petyears", "petmonths"]],
    unread: &["petage"],
    ..PLAIN
};

/// Codes that most agencies share.
pub(crate) const WORDS: &[Word] = &[
    (Column::Outcome, "mutlaid", Meaning::Left(StayOutcome::Transferred)),
    (Column::Outcome, "trans qt", Meaning::Left(StayOutcome::Transferred)),
    (Column::Outcome, "owner surr", Meaning::Left(StayOutcome::Other)),
    (Column::Outcome, "other", Meaning::Left(StayOutcome::Other)),
    (Column::Outcome, "treatment", Meaning::Left(StayOutcome::Other)),
    (Column::Outcome, "spay", Meaning::Left(StayOutcome::Other)),
    (Column::Outcome, "neuter", Meaning::Left(StayOutcome::Other)),
    (Column::Outcome, "s n unable", Meaning::Left(StayOutcome::Other)),
    (Column::Outcome, "wildlife", Meaning::Left(StayOutcome::Released)),
    (Column::Outcome, "rtf", Meaning::Left(StayOutcome::Released)),
    (Column::Outcome, "snr", Meaning::Left(StayOutcome::Released)),
    (Column::Outcome, "scrp", Meaning::Left(StayOutcome::Released)),
    (
        Column::Outcome,
        "lost exp",
        Meaning::Reported(PetKind::Lost, PetStatus::Closed),
    ),
    (
        Column::Outcome,
        "found exp",
        Meaning::Reported(PetKind::Found, PetStatus::Closed),
    ),
    (
        Column::Outcome,
        "found anim",
        Meaning::Reported(PetKind::Found, PetStatus::Closed),
    ),
    (Column::IntakeType, "police imp", Meaning::Came(IntakeKind::Seized)),
    (Column::IntakeType, "evacuee", Meaning::Came(IntakeKind::Other)),
    (Column::IntakeType, "keepsafe", Meaning::Came(IntakeKind::Other)),
    (Column::IntakeType, "safe keep", Meaning::Came(IntakeKind::Other)),
    (Column::IntakeType, "shelassist", Meaning::Came(IntakeKind::Other)),
    (Column::IntakeType, "vet assist", Meaning::Came(IntakeKind::Other)),
    (Column::IntakeType, "welfare", Meaning::Came(IntakeKind::Other)),
];
