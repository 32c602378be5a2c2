//! Norfolk, Virginia: intakes and outcomes, with the age in years and months.

use super::super::{column::Column, format::Format};

pub(crate) static NORFOLK: Format = Format {
    name: "Norfolk",
    fingerprints: &[&["animalid", "yearsold", "monthsold"]],
    columns: &[
        (Column::ExternalId, &["animalid"]),
        (Column::AgeYears, &["yearsold"]),
        (Column::AgeMonths, &["monthsold"]),
    ],
    month_first: true,
    ..Format::PLAIN
};
