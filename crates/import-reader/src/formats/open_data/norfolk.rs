//! Norfolk, Virginia: intakes and outcomes, with the age in years and months.
//!
//! The titles are those of the data set `vfm4-5wv6` on data.norfolk.gov, by which public programs ask it for columns:
//! `animal_id`, `animal_type`, `primary_breed`, `primary_color`, `sex`, `years_old`, `months_old`, `intake_date`,
//! `intake_type`, `outcome_date` and `outcome_type`; its CSV has them as `Animal ID`, `Years Old` and so on. What its
//! cells say was not seen.

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
