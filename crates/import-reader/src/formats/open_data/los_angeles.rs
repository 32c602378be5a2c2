//! Los Angeles, California, from Chameleon: intakes, of which nothing is said afterwards.

use super::super::{column::Column, format::Format, software::chameleon};

pub(crate) static LOS_ANGELES: Format = Format {
    name: "Los Angeles",
    fingerprints: &[
        &["shelter", "animaltype", "intakecondition", "group"],
        &["shelter", "animaltype", "intakecondition", "breed1"],
    ],
    columns: &[
        (Column::ExternalId, &["animalid"]),
        (Column::Kennel, &["shelter"]),
        (Column::Breed, &["breed1"]),
        (Column::SecondBreed, &["breed2"]),
    ],
    words: &[chameleon::WORDS],
    month_first: true,
    ..Format::PLAIN
};
