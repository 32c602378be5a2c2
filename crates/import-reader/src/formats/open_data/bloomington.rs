//! Bloomington, Indiana, from ASM3. Its reason of death is filled in for the living too, and so is not read.

use entity::vocabulary::IntakeKind;

use super::super::{
    column::Column,
    format::{Format, Meaning, Word},
};

pub(crate) static BLOOMINGTON: Format = Format {
    name: "Bloomington open data",
    fingerprints: &[&["sheltercode", "speciesname", "intakereason", "istransfer"]],
    columns: &[
        (Column::ExternalId, &["sheltercode"]),
        (Column::AlternativeId, &["id"]),
        (Column::Kennel, &["location"]),
        (Column::IntakeType, &["intakereason"]),
        (Column::TransferIn, &["istransfer"]),
        (Column::Trial, &["istrial"]),
    ],
    words: &[REASONS],
    month_first: true,
    ..Format::PLAIN
};

/// Reasons for which people part with their animals.
const REASONS: &[Word] = &[
    (Column::IntakeType, "moving", Meaning::Came(IntakeKind::OwnerSurrender)),
    (
        Column::IntakeType,
        "landlord issues",
        Meaning::Came(IntakeKind::OwnerSurrender),
    ),
    (
        Column::IntakeType,
        "allergies",
        Meaning::Came(IntakeKind::OwnerSurrender),
    ),
    (
        Column::IntakeType,
        "owner deceased",
        Meaning::Came(IntakeKind::OwnerSurrender),
    ),
    (
        Column::IntakeType,
        "owner died",
        Meaning::Came(IntakeKind::OwnerSurrender),
    ),
    (
        Column::IntakeType,
        "unable to afford",
        Meaning::Came(IntakeKind::OwnerSurrender),
    ),
    (
        Column::IntakeType,
        "incompatible with owner lifestyle",
        Meaning::Came(IntakeKind::OwnerSurrender),
    ),
    (
        Column::IntakeType,
        "incompatible with other pets",
        Meaning::Came(IntakeKind::OwnerSurrender),
    ),
    (
        Column::IntakeType,
        "litter relinquishment",
        Meaning::Came(IntakeKind::OwnerSurrender),
    ),
    (
        Column::IntakeType,
        "unsuitable accommodation",
        Meaning::Came(IntakeKind::OwnerSurrender),
    ),
    (
        Column::IntakeType,
        "sick injured",
        Meaning::Came(IntakeKind::OwnerSurrender),
    ),
    (Column::IntakeType, "biting", Meaning::Came(IntakeKind::OwnerSurrender)),
    (
        Column::IntakeType,
        "rabies monitoring",
        Meaning::Came(IntakeKind::Seized),
    ),
];
