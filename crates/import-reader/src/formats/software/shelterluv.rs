//! Shelterluv: its reports, and the animals of its API.
//!
//! People (`AssociatedPerson`, `Intake From Name`) and attributes are never read: some of these are not to be published.

use entity::vocabulary::{StayOutcome, StayStage};

use super::super::{
    column::Column,
    format::{Format, Meaning, Word},
};

pub(crate) static REPORTS: Format = Format {
    name: "Shelterluv",
    fingerprints: &[
        &["animalid", "ageymd"],
        &["animalid", "kennelcardwebsitememo"],
        &["animalid", "animalintaketype"],
        &["animalid", "intakefromname"],
    ],
    columns: &[
        (Column::ExternalId, &["animalid"]),
        (Column::AlternativeId, &["internalid"]),
        (Column::Kennel, &["location", "currentlocation"]),
        (Column::IntakeSubtype, &["animalintakesubtype"]),
    ],
    words: &[WORDS],
    month_first: true,
    kennel_history: true,
    ..Format::PLAIN
};

/// Times are seconds since 1970, written as text; the age is in months.
pub(crate) static API: Format = Format {
    name: "Shelterluv",
    fingerprints: &[&["internalid", "lastintakeunixtime"], &["internalid", "dobunixtime"]],
    columns: &[
        (Column::ExternalId, &["id", "internalid"]),
        (Column::AlternativeId, &["internalid", "previousidsidvalue"]),
        (Column::BirthDate, &["dobunixtime"]),
        (Column::AgeMonths, &["age"]),
        (Column::Weight, &["currentweightpounds"]),
        (Column::IntakeDate, &["lastintakeunixtime"]),
        (Column::InFoster, &["infoster"]),
        (
            Column::Kennel,
            &[
                "currentlocation",
                "currentlocationtier1",
                "currentlocationtier2",
                "currentlocationtier3",
                "currentlocationtier4",
                "currentlocationtier5",
            ],
        ),
        (
            Column::Photo,
            &["coverphoto", "photo1", "photo2", "photo3", "photo4", "photo5", "photo6"],
        ),
    ],
    words: &[WORDS],
    month_first: true,
    ..Format::PLAIN
};

const WORDS: &[Word] = &[
    (Column::Status, "healthy in home", Meaning::Left(StayOutcome::Adopted)),
    (
        Column::Status,
        "transferred out pending acceptance",
        Meaning::Left(StayOutcome::Transferred),
    ),
    (Column::Status, "service out", Meaning::Left(StayOutcome::Other)),
    (Column::Status, "admin missing", Meaning::Left(StayOutcome::LostInCare)),
    (
        Column::Status,
        "awaiting spay neuter",
        Meaning::Stays(Some(StayStage::Treatment)),
    ),
    (Column::Status, "awaiting transfer", Meaning::Stays(None)),
    (Column::Status, "unavailable for adoption", Meaning::Stays(None)),
];
