//! Vancouver, British Columbia: the lost and found pets, and the register of the pound.
//!
//! The species stands in the breed, and dogs are not called so: "Cat - DSH Tabby", but "Shepherd X".

use entity::vocabulary::{IntakeKind, PetKind, PetStatus, StayStage};

use super::super::{
    column::Column,
    format::{Format, Meaning},
};

pub(crate) static LOST_AND_FOUND: Format = Format {
    name: "Vancouver",
    fingerprints: &[&["breed", "color", "date", "datecreated", "state"]],
    columns: &[
        (Column::Species, &["breed"]),
        (Column::Breed, &["breed"]),
        (Column::RecordType, &["state"]),
        (Column::IntakeDate, &["date", "datecreated"]),
        (Column::OutcomeDate, &["dateclosed"]),
    ],
    words: &[&[(
        Column::RecordType,
        "matched",
        Meaning::Reported(PetKind::Lost, PetStatus::Reunited),
    )]],
    usual_species: Some("Dog"),
    ..Format::PLAIN
};

pub(crate) static REGISTER: Format = Format {
    name: "Vancouver",
    fingerprints: &[&["animalid", "dateimpounded", "breed"]],
    columns: &[
        (Column::ExternalId, &["animalid"]),
        (Column::Species, &["breed"]),
        (Column::Breed, &["breed"]),
        (Column::Age, &["agecategory"]),
        (Column::IntakeDate, &["dateimpounded"]),
        (Column::IntakeType, &["source"]),
        (Column::Kennel, &["kennelnumber"]),
    ],
    words: &[&[
        (Column::Status, "in pound", Meaning::Stays(Some(StayStage::Hold))),
        (Column::Status, "impounded", Meaning::Stays(Some(StayStage::Hold))),
        (Column::IntakeType, "brought in", Meaning::Came(IntakeKind::Stray)),
        (Column::IntakeType, "picked up", Meaning::Came(IntakeKind::Stray)),
        (Column::IntakeType, "pick up", Meaning::Came(IntakeKind::Stray)),
    ]],
    usual_species: Some("Dog"),
    ..Format::PLAIN
};
