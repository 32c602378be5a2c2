//! Louisville, Kentucky, from Chameleon.

use super::super::{column::Column, format::Format, software::chameleon};

pub(crate) static LOUISVILLE: Format = Format {
    name: "Louisville",
    fingerprints: &[&["animalid", "intype", "surreason", "sourcezipcode"]],
    columns: &[
        (Column::ExternalId, &["animalid"]),
        (Column::Kennel, &["kennel"]),
        (Column::PostalCode, &["sourcezipcode"]),
        (Column::Jurisdiction, &["jurisdiction"]),
    ],
    words: &[chameleon::WORDS],
    month_first: true,
    ..Format::PLAIN
};
