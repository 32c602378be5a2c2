//! Animals First: its list of animals.
//!
//! Not proven: neither its titles nor a file of it are public, so they are assumed. A file with other titles is read as
//! that of an unknown program.

use super::super::{column::Column, format::Format};

pub(crate) static ANIMALS_FIRST: Format = Format {
    name: "Animals First",
    fingerprints: &[&["animalsfirstid"], &["animalnumber", "intakenumber", "currentkennel"]],
    columns: &[
        (Column::ExternalId, &["animalsfirstid", "animalnumber"]),
        (Column::AlternativeId, &["intakenumber"]),
        (Column::Kennel, &["currentkennel"]),
        (Column::HoldUntil, &["holdexpires"]),
    ],
    month_first: true,
    ..Format::PLAIN
};
