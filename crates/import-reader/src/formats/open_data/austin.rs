//! Austin, Texas: intakes and outcomes to May 2025, outcomes since, and strays on a map.

use entity::vocabulary::{PetKind, PetStatus, StayOutcome};

use super::super::{
    column::Column,
    format::{Format, Meaning, Word},
};

pub(crate) static INTAKES: Format = Format {
    name: "Austin open data",
    fingerprints: &[&["animalid", "monthyear", "sexuponintake"]],
    columns: &[(Column::ExternalId, &["animalid"])],
    month_first: true,
    ..Format::PLAIN
};

/// Its `DateTime` is when the animal left; when it came is not there.
pub(crate) static OUTCOMES: Format = Format {
    name: "Austin open data",
    fingerprints: &[&["animalid", "sexuponoutcome"]],
    columns: &[
        (Column::ExternalId, &["animalid"]),
        (Column::OutcomeDate, &["datetime"]),
    ],
    words: &[WORDS],
    month_first: true,
    ..Format::PLAIN
};

/// Its `ID` is that of the outcome.
pub(crate) static OUTCOMES_SINCE_2025: Format = Format {
    name: "Austin open data",
    fingerprints: &[&["animalid", "outcomestatus", "spayedneutered", "daysinshelter"]],
    columns: &[(Column::ExternalId, &["animalid"])],
    unread: &["id"],
    words: &[WORDS],
    month_first: true,
    ..Format::PLAIN
};

pub(crate) static LOST_AND_FOUND: Format = Format {
    name: "Austin lost and found",
    fingerprints: &[&["recordtype", "lookslike", "atshelter"]],
    columns: &[
        (Column::Custody, &["atshelter"]),
        (Column::IntakeDate, &["dateiso"]),
        (Column::FoundPlace, &["location"]),
        (Column::Location, &["locationraw"]),
        (Column::PostalCode, &["zip"]),
    ],
    words: &[&[
        (Column::Custody, "yes come to the shelter", IN_CARE),
        (Column::Custody, "yes", IN_CARE),
        (Column::Custody, "no contact for more info", WITH_FINDER),
        (Column::Custody, "no", WITH_FINDER),
    ]],
    month_first: true,
    ..Format::PLAIN
};

const IN_CARE: Meaning = Meaning::Reported(PetKind::Sheltered, PetStatus::Open);
const WITH_FINDER: Meaning = Meaning::Reported(PetKind::Found, PetStatus::Open);

/// Cats that were returned where they had lived are called transfers.
const WORDS: &[Word] = &[
    (Column::OutcomeSubtype, "scrp", Meaning::Left(StayOutcome::Released)),
    (Column::OutcomeSubtype, "snr", Meaning::Left(StayOutcome::Released)),
    (
        Column::Outcome,
        "rto adopt",
        Meaning::Left(StayOutcome::ReturnedToOwner),
    ),
    (Column::Outcome, "relocate", Meaning::Left(StayOutcome::Released)),
    (Column::Outcome, "lost", Meaning::Left(StayOutcome::LostInCare)),
];
