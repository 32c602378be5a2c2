//! 24Pet, also called ShelterTrak: the inventory and the reports of the system that follows PetPoint.
//!
//! Not proven: its exports are only for its customers, so the titles beyond those of PetPoint are assumed. A file with
//! others is read as that of an unknown program. The pages of 24Petconnect, which are public, are no export.

use super::{
    super::{column::Column, format::Format},
    petpoint::STAGES,
};

pub(crate) static PET_24: Format = Format {
    name: "24Pet",
    fingerprints: &[
        &["animalnumber", "stage", "intakedatetime"],
        &["animalnumber", "stage", "sublocation"],
        &["sheltertrakid"],
    ],
    columns: &[
        (Column::ExternalId, &["animalnumber", "sheltertrakid"]),
        (Column::IntakeDate, &["intakedatetime"]),
        (Column::OutcomeDate, &["outcomedatetime"]),
        (Column::HoldUntil, &["reviewdate"]),
        (Column::Status, &["stage"]),
        (Column::Kennel, &["location", "sublocation"]),
    ],
    words: &[STAGES],
    month_first: true,
    ..Format::PLAIN
};
