//! Petfinder: both versions of its API, and the file that shelters upload to it.
//!
//! What it says about other animals and children is not read; beware that the columns of the file are the wrong way
//! round: `NoDogs` is 1 if the animal is *not* good with dogs.

use entity::vocabulary::{StayOutcome, StayStage};

use super::super::{
    column::Column,
    format::{Format, Meaning, Word},
};

pub(crate) static SECOND_API: Format = Format {
    name: "Petfinder",
    fingerprints: &[
        &["breedsprimary", "attributesspayedneutered"],
        &["breedsprimary", "publishedat"],
        &["breedsprimary", "organizationid"],
    ],
    columns: &[
        (Column::ExternalId, &["id"]),
        (Column::AlternativeId, &["organizationanimalid"]),
        (Column::IntakeDate, &["publishedat"]),
        (Column::MovementDate, &["statuschangedat"]),
        (Column::PostalCode, &["contactaddresspostcode"]),
        (Column::City, &["contactaddresscity"]),
        (Column::Region, &["contactaddressstate"]),
    ],
    words: &[STATUSES],
    month_first: true,
    ..Format::PLAIN
};

pub(crate) static FIRST_API: Format = Format {
    name: "Petfinder",
    fingerprints: &[
        &["shelterid", "animal", "breedsbreed"],
        &["shelterpetid", "animal", "breedsbreed"],
    ],
    columns: &[
        (Column::ExternalId, &["id"]),
        (Column::AlternativeId, &["shelterpetid"]),
        (Column::Breed, &["breedsbreed"]),
        (Column::Features, &["optionsoption"]),
        (Column::PostalCode, &["contactzip"]),
        (Column::City, &["contactcity"]),
        (Column::Region, &["contactstate"]),
    ],
    words: &[STATUSES],
    month_first: true,
    ..Format::PLAIN
};

pub(crate) static UPLOAD: Format = Format {
    name: "Petfinder",
    fingerprints: &[&["internal", "animalname", "primarybreed"]],
    columns: &[
        (Column::ExternalId, &["id", "internal"]),
        (Column::AlternativeId, &["internal"]),
        (Column::Arrival, &["arrivaldate"]),
    ],
    words: &[STATUSES],
    month_first: true,
    ..Format::PLAIN
};

/// A found animal that a shelter lists there is in its care, and waits for its owner.
const STATUSES: &[Word] = &[
    (Column::Status, "a", Meaning::Stays(Some(StayStage::Adoptable))),
    (Column::Status, "h", Meaning::Stays(Some(StayStage::Hold))),
    (Column::Status, "p", Meaning::Stays(None)),
    (Column::Status, "f", Meaning::Stays(Some(StayStage::Hold))),
    (Column::Status, "x", Meaning::Left(StayOutcome::Adopted)),
    (Column::Status, "found", Meaning::Stays(Some(StayStage::Hold))),
];
