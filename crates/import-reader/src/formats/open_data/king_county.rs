//! King County, Washington, from Chameleon: lost, found and adoptable pets in one list.
//!
//! The type of the date tells who has the animal: one that was received is in care, whatever the record is called.

use entity::vocabulary::{PetKind, PetStatus};

use super::super::{
    column::Column,
    format::{Format, Meaning, Word},
    software::chameleon,
};

pub(crate) static KING_COUNTY: Format = Format {
    name: "King County",
    fingerprints: &[&["recordtype", "animalgender", "obfuscatedaddress"]],
    columns: &[
        (Column::ExternalId, &["animalid"]),
        (Column::AlternativeId, &["impoundno"]),
        (Column::Custody, &["datetype"]),
        (Column::Kennel, &["currentlocation"]),
        (Column::IntakeDate, &["date"]),
        (Column::Location, &["locationformap"]),
        (Column::FoundPlace, &["obfuscatedaddress"]),
        (Column::City, &["city"]),
        (Column::Region, &["state"]),
        (Column::PostalCode, &["zip"]),
        (Column::Latitude, &["obfuscatedlatitude"]),
        (Column::Longitude, &["obfuscatedlongitude"]),
        (Column::Photo, &["image"]),
        (Column::Description, &["memo"]),
    ],
    words: &[chameleon::WORDS, WORDS],
    month_first: true,
    ..Format::PLAIN
};

const WORDS: &[Word] = &[
    (
        Column::Custody,
        "received on",
        Meaning::Reported(PetKind::Sheltered, PetStatus::Open),
    ),
    (
        Column::Custody,
        "date lost",
        Meaning::Reported(PetKind::Lost, PetStatus::Open),
    ),
    (
        Column::Custody,
        "date found",
        Meaning::Reported(PetKind::Found, PetStatus::Open),
    ),
    (
        Column::Kennel,
        "in public home",
        Meaning::Reported(PetKind::Found, PetStatus::Open),
    ),
    (
        Column::Kennel,
        "lost",
        Meaning::Reported(PetKind::Lost, PetStatus::Open),
    ),
];
