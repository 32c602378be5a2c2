//! Sonoma County, California, from Chameleon. Its `Location` is the centre of the adopter's postal code.

use super::super::{column::Column, format::Format, software::chameleon};

pub(crate) static SONOMA: Format = Format {
    name: "Sonoma County",
    fingerprints: &[&["impoundnumber", "intakejurisdiction", "outcomezipcode"]],
    columns: &[
        (Column::ExternalId, &["animalid"]),
        (Column::AlternativeId, &["impoundnumber"]),
        (Column::Kennel, &["kennelnumber"]),
        (Column::Jurisdiction, &["intakejurisdiction"]),
    ],
    unread: &["location"],
    words: &[chameleon::WORDS],
    month_first: true,
    ..Format::PLAIN
};
