//! RescueGroups: the report of all animals, the file for its import, and the older `pets.csv`.

use entity::vocabulary::{IntakeKind, StayOutcome};

use super::super::{
    column::Column,
    format::{Format, Meaning, Word},
};

pub(crate) static REPORT: Format = Format {
    name: "RescueGroups",
    fingerprints: &[
        &["animalid", "generalage", "primarybreed"],
        &["animalid", "rescueid", "receiveddate"],
    ],
    columns: &[
        (Column::ExternalId, &["animalid"]),
        (Column::AlternativeId, &["rescueid", "internalid"]),
        (Column::IntakeType, &["origin"]),
    ],
    words: &[WORDS],
    month_first: true,
    ..Format::PLAIN
};

pub(crate) static IMPORT: Format = Format {
    name: "RescueGroups",
    fingerprints: &[&["externalid", "pribreed"]],
    columns: &[
        (Column::ExternalId, &["externalid"]),
        (Column::AlternativeId, &["internalid", "rescueid"]),
        (Column::IntakeType, &["found"]),
    ],
    words: &[WORDS],
    month_first: true,
    ..Format::PLAIN
};

pub(crate) static LEGACY: Format = Format {
    name: "RescueGroups",
    fingerprints: &[&["orgid", "animalid", "pic1"]],
    columns: &[
        (Column::ExternalId, &["animalid"]),
        (Column::AlternativeId, &["rescueid"]),
    ],
    words: &[WORDS],
    month_first: true,
    ..Format::PLAIN
};

const WORDS: &[Word] = &[
    (Column::IntakeType, "yes", Meaning::Came(IntakeKind::Stray)),
    (Column::Status, "available for sponsorship", Meaning::Stays(None)),
    (Column::Status, "available to foster", Meaning::Stays(None)),
    (Column::Status, "deleted", Meaning::Left(StayOutcome::Unknown)),
    (Column::Status, "archived", Meaning::Left(StayOutcome::Unknown)),
];
