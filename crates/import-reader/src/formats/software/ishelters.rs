//! iShelters: its download of animals.

use super::super::{column::Column, format::Format};

pub(crate) static ISHELTERS: Format = Format {
    name: "iShelters",
    fingerprints: &[
        &["intheshelter", "hiddencomments"],
        &["intheshelter", "generalcomments"],
        &["checkindate", "typeofcheckin"],
    ],
    columns: &[
        (Column::ExternalId, &["animalid", "id", "code"]),
        (Column::AlternativeId, &["code"]),
        (Column::InCustody, &["intheshelter"]),
        (Column::Description, &["generalcomments"]),
    ],
    month_first: true,
    ..Format::PLAIN
};
