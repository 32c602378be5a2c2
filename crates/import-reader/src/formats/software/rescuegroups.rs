//! RescueGroups: the report of all animals, the file for its import, the older `pets.csv`, and the animals of its API v5.

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

/// Animals of the API with what belongs to them, as a connector fetches them. What is public there says neither when nor why
/// an animal was taken in; the colours of one that has several come in one cell. `colorDetails` is free text, and `adoptedDate`
/// stays when an animal comes back.
pub(crate) static API: Format = Format {
    name: "RescueGroups",
    fingerprints: &[
        &["id", "updateddate", "breedprimary"],
        &["id", "updateddate", "breedstring"],
    ],
    columns: &[
        (Column::ExternalId, &["id"]),
        (Column::AlternativeId, &["rescueid"]),
        (Column::Breed, &["breedprimary", "breedstring", "breeds"]),
        (Column::SecondBreed, &["breedsecondary"]),
        (Column::Mixed, &["isbreedmixed"]),
        (Column::Color, &["colors"]),
        (Column::Pattern, &["patterns"]),
        (Column::Size, &["sizegroup"]),
        (Column::Age, &["agegroup", "agestring"]),
        (Column::Altered, &["isaltered"]),
        (Column::ChipStatus, &["ismicrochipped"]),
        (Column::Arrival, &["founddate"]),
        (Column::Description, &["descriptiontext"]),
    ],
    unread: &["summary", "descriptionhtml"],
    words: &[WORDS],
    ..Format::PLAIN
};

const WORDS: &[Word] = &[
    (Column::IntakeType, "yes", Meaning::Came(IntakeKind::Stray)),
    (Column::Status, "available for sponsorship", Meaning::Stays(None)),
    (Column::Status, "available to foster", Meaning::Stays(None)),
    (Column::Status, "deleted", Meaning::Left(StayOutcome::Unknown)),
    (Column::Status, "archived", Meaning::Left(StayOutcome::Unknown)),
];
