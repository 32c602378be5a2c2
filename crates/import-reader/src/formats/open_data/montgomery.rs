//! Montgomery County, Maryland, from Chameleon: the pets that can be adopted.

use super::super::{column::Column, format::Format, software::chameleon};

pub(crate) static MONTGOMERY: Format = Format {
    name: "Montgomery County",
    fingerprints: &[&["animalid", "petname", "animaltype", "petage", "crossing"]],
    columns: &[(Column::ExternalId, &["animalid"])],
    words: &[chameleon::WORDS],
    month_first: true,
    ..Format::PLAIN
};
