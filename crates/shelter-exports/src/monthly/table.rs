//! The figures as rows of a table: four for each species and month.

use super::{
    age::Age,
    month::Month,
    row::{Count, Intakes, LiveOutcomes, OtherOutcomes, Row},
};

/// Titles of the columns: SAC's keys where it has any.
pub const HEADER: [&str; 25] = [
    "month",
    "species",
    "age",
    "beginningCount",
    "beginningInFoster",
    "beginningOnSite",
    "strayAtLarge",
    "relinquishedbyOwner",
    "ownerIntendedEuthanasiaIntake",
    "transferredinFromAgency",
    "seizedOrImpounded",
    "otherIntakes",
    "adoption",
    "returnedToOwner",
    "transferredToAgency",
    "returnedToField",
    "otherLiveOutcome",
    "diedInCare",
    "lostInCare",
    "shelterEuthanasia",
    "ownerIntendedEuthanasiaOutcome",
    "lostInCareUnexplained",
    "endingCount",
    "endingInFoster",
    "endingOnSite",
];

/// The rows of a species: `all` ages first, then one per age in SAC's order. The counts of animals, and the outcomes that
/// nobody explained, are told for all ages only and empty in the other rows.
pub fn cells(month: Month, row: &Row) -> [[String; 25]; 4] {
    let [adult, young, unknown] = Age::ALL.map(|age| {
        let outcomes = live_outcomes(row.live_outcomes.of(age))
            .into_iter()
            .chain(other_outcomes(row.other_outcomes.of(age)));
        let figures: Vec<u64> = intakes(row.intakes.of(age)).into_iter().chain(outcomes).collect();
        (age.key(), figures)
    });
    let sums = adult.1.iter().zip(&young.1).zip(&unknown.1);
    let all = sums.map(|((adult, young), unknown)| adult + young + unknown).collect();
    let one = |(age, figures): (&str, Vec<u64>), counted: Option<&Row>| {
        let mut told = [month.to_string(), row.species.key().to_owned(), age.to_owned()]
            .into_iter()
            .chain(counts(counted.map(|row| row.beginning)))
            .chain(figures.into_iter().map(|figure| figure.to_string()))
            .chain([counted.map(|row| row.unexplained.to_string()).unwrap_or_default()])
            .chain(counts(counted.map(|row| row.ending)));
        std::array::from_fn(|_| told.next().unwrap_or_default())
    };
    [
        one(("all", all), Some(row)),
        one(adult, None),
        one(young, None),
        one(unknown, None),
    ]
}

fn counts(count: Option<Count>) -> [String; 3] {
    count.map_or_else(Default::default, |count| {
        [count.animals, count.foster, count.on_site()].map(|number| number.to_string())
    })
}

fn intakes(intakes: &Intakes) -> [u64; 6] {
    [
        intakes.stray_at_large,
        intakes.relinquished_by_owner,
        intakes.owner_intended_euthanasia,
        intakes.transferred_in,
        intakes.seized_or_impounded,
        intakes.other,
    ]
}

fn live_outcomes(outcomes: &LiveOutcomes) -> [u64; 5] {
    [
        outcomes.adoption,
        outcomes.returned_to_owner,
        outcomes.transferred,
        outcomes.returned_to_field,
        outcomes.other,
    ]
}

fn other_outcomes(outcomes: &OtherOutcomes) -> [u64; 4] {
    [
        outcomes.died_in_care,
        outcomes.lost_in_care,
        outcomes.shelter_euthanasia,
        outcomes.owner_intended_euthanasia,
    ]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{csv, monthly::row::SacSpecies};

    #[test]
    fn a_species_has_a_row_for_all_and_one_per_age() {
        let mut row = Row::empty(SacSpecies::Canine);
        row.beginning = Count { animals: 5, foster: 2 };
        row.ending = Count { animals: 6, foster: 1 };
        row.intakes.adult.stray_at_large = 1;
        row.intakes.up_to_five_months.stray_at_large = 2;
        row.other_outcomes.unknown.lost_in_care = 2;
        row.unexplained = 1;
        let month = Month::new(2026, 11).expect("there is such a month");

        let table: String = cells(month, &row).into_iter().map(csv::line).collect();

        assert_eq!(
            table,
            "2026-11,canine,all,5,2,3,3,0,0,0,0,0,0,0,0,0,0,0,2,0,0,1,6,1,5\r\n\
             2026-11,canine,adult,,,,1,0,0,0,0,0,0,0,0,0,0,0,0,0,0,,,,\r\n\
             2026-11,canine,upToFiveMonths,,,,2,0,0,0,0,0,0,0,0,0,0,0,0,0,0,,,,\r\n\
             2026-11,canine,ageUnknown,,,,0,0,0,0,0,0,0,0,0,0,0,0,2,0,0,,,,\r\n"
        );
    }
}
