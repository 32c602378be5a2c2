//! Animal Shelter Manager 3: the export that it reads again itself, and reports made with its column names.

use entity::vocabulary::{IntakeKind, StayOutcome, StayStage};

use super::super::{
    column::Column,
    format::{Format, Meaning, Word},
};

pub(crate) static ASM3: Format = Format {
    name: "ASM3",
    fingerprints: &[
        &["animalcode", "animalspecies"],
        &["animalname", "animalspecies", "animalentrydate"],
        &["sheltercode", "speciesname"],
    ],
    columns: &[
        (Column::ExternalId, &["animalcode", "sheltercode", "animalid"]),
        (Column::AlternativeId, &["animalid", "id", "shortcode"]),
        (
            Column::Kennel,
            &[
                "animallocation",
                "shelterlocationname",
                "animalunit",
                "shelterlocationunit",
            ],
        ),
        (
            Column::IntakeDate,
            &["animalentrydate", "mostrecententrydate", "intakedate", "datebroughtin"],
        ),
        (
            Column::IntakeType,
            &[
                "animalentrytype",
                "animalentrycategory",
                "entrytypename",
                "entryreasonname",
            ],
        ),
        (Column::Color, &["animalcolor", "basecolourname", "basecolorname"]),
        (Column::Altered, &["animalneutered", "neuteredname", "neutered"]),
        (Column::Description, &["animaldescription", "animalcomments"]),
        // Reports have the number of a term beside its name.
        (Column::Sex, &["animalsex", "sexname", "sex"]),
        (Column::Size, &["animalsize", "sizename"]),
        (Column::Coat, &["animalcoattype", "coattypename"]),
        (Column::TransferIn, &["animaltransfer", "istransfer"]),
        (Column::HoldUntil, &["animalholduntildate", "holduntildate"]),
    ],
    // The type is a sort of its own, such as "Unwanted Cat".
    unread: &["animaltype", "size"],
    words: &[NUMBERS],
    ..Format::PLAIN
};

/// The numbers of its movements and kinds of entry, as its database has them from the start.
const NUMBERS: &[Word] = &[
    (Column::Movement, "0", Meaning::Stays(None)),
    (Column::Movement, "1", Meaning::Left(StayOutcome::Adopted)),
    (Column::Movement, "2", Meaning::Stays(Some(StayStage::Foster))),
    (Column::Movement, "3", Meaning::Left(StayOutcome::Transferred)),
    (Column::Movement, "4", Meaning::Left(StayOutcome::LostInCare)),
    (Column::Movement, "5", Meaning::Left(StayOutcome::ReturnedToOwner)),
    (Column::Movement, "6", Meaning::Left(StayOutcome::LostInCare)),
    (Column::Movement, "7", Meaning::Left(StayOutcome::Released)),
    (Column::Movement, "8", Meaning::Stays(Some(StayStage::Adoptable))),
    (Column::Movement, "9", Meaning::Stays(None)),
    (Column::Movement, "10", Meaning::Stays(None)),
    (Column::Movement, "11", Meaning::Stays(Some(StayStage::Foster))),
    (Column::Movement, "12", Meaning::Stays(Some(StayStage::Foster))),
    (Column::Movement, "13", Meaning::Left(StayOutcome::Released)),
    (
        Column::Movement,
        "trial adoption",
        Meaning::Stays(Some(StayStage::Foster)),
    ),
    (Column::Movement, "retailer", Meaning::Stays(Some(StayStage::Adoptable))),
    (Column::IntakeType, "1", Meaning::Came(IntakeKind::OwnerSurrender)),
    (Column::IntakeType, "2", Meaning::Came(IntakeKind::Stray)),
    (Column::IntakeType, "3", Meaning::Came(IntakeKind::TransferIn)),
    (Column::IntakeType, "4", Meaning::Came(IntakeKind::Other)),
    (Column::IntakeType, "5", Meaning::Came(IntakeKind::BornInCare)),
    (Column::IntakeType, "6", Meaning::Came(IntakeKind::Other)),
    (Column::IntakeType, "7", Meaning::Came(IntakeKind::Seized)),
    (Column::IntakeType, "8", Meaning::Came(IntakeKind::Stray)),
    (Column::IntakeType, "9", Meaning::Left(StayOutcome::Died)),
    (
        Column::IntakeType,
        "10",
        Meaning::Came(IntakeKind::OwnerIntendedEuthanasia),
    ),
];
