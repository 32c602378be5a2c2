//! The figures as SAC's service takes them.

use serde_json::{Map, Value, json};

use super::{
    age::Age,
    month::Month,
    row::{ByAge, Count, Intakes, LiveOutcomes, OtherOutcomes, Row},
};

/// Who sends the figures.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Organisation<'a> {
    /// The id by which SAC knows the shelter.
    pub external_id: &'a str,
    /// Name of the shelter.
    pub name: &'a str,
    /// Name of the program, as agreed with SAC.
    pub vendor_name: &'a str,
}

/// The document for a species and a month: SAC's service takes one per species.
///
/// | Key | Figure |
/// |---|---|
/// | `species` | [`SacSpecies::key`](super::SacSpecies::key) |
/// | `recordYear`, `recordMonth` | the month, as texts without leading zeros |
/// | `animalCounts.beginingCount`, `animalCounts.endiningCount` | [`Row::beginning`], [`Row::ending`]: `count`; `fosterAnimalCount`, which is a part of it; `date`, the first and the last day of the month. SAC misspells both keys |
/// | `liveIntake.{age}` | [`Row::intakes`]: `strayAtLarge`, `relinquishedbyOwner`, `ownerIntendedEuthanasia`, `transferredinFromAgency`, `seizedOrImpounded`, `otherIntakes` |
/// | `outComes.liveOutcomes.{age}` | [`Row::live_outcomes`]: `adoption`, `returnedToOwner`, `transferredToAgency`, `returnedToField`, `otherLiveOutcome` |
/// | `outComes.otherOutcomes.{age}` | [`Row::other_outcomes`]: `diedInCare`, `lostInCare`, `shelterEuthanasia`, `ownerIntendedEuthanasia` |
/// | `organization` | `externalId`, `name`, `vendorName` |
///
/// `{age}` is [`Age::key`]. Transfers are objects of `inState`, `outOfState` and `international`; ours are all `inState`.
pub fn sac_json(organisation: Organisation<'_>, month: Month, row: &Row) -> Value {
    let (first, last) = (month.first_day(), month.last_day());
    json!({
        "species": row.species.key(),
        "recordYear": first.format("%Y").to_string(),
        "recordMonth": first.format("%-m").to_string(),
        "organization": {
            "externalId": organisation.external_id,
            "name": organisation.name,
            "vendorName": organisation.vendor_name,
        },
        "animalCounts": {
            "beginingCount": count(row.beginning, &first.to_string()),
            "endiningCount": count(row.ending, &last.to_string()),
        },
        "liveIntake": by_age(&row.intakes, intakes),
        "outComes": {
            "liveOutcomes": by_age(&row.live_outcomes, live_outcomes),
            "otherOutcomes": by_age(&row.other_outcomes, other_outcomes),
        },
    })
}

fn count(count: Count, date: &str) -> Value {
    json!({ "count": count.animals, "date": date, "fosterAnimalCount": count.foster })
}

fn by_age<T>(figures: &ByAge<T>, object: fn(&T) -> Value) -> Value {
    let ages = Age::ALL.into_iter();
    let objects: Map<String, Value> = ages
        .map(|age| (age.key().to_owned(), object(figures.of(age))))
        .collect();
    Value::Object(objects)
}

fn intakes(intakes: &Intakes) -> Value {
    json!({
        "strayAtLarge": intakes.stray_at_large,
        "relinquishedbyOwner": intakes.relinquished_by_owner,
        "ownerIntendedEuthanasia": intakes.owner_intended_euthanasia,
        "transferredinFromAgency": transfers(intakes.transferred_in),
        "seizedOrImpounded": intakes.seized_or_impounded,
        "otherIntakes": intakes.other,
    })
}

fn live_outcomes(outcomes: &LiveOutcomes) -> Value {
    json!({
        "adoption": outcomes.adoption,
        "returnedToOwner": outcomes.returned_to_owner,
        "transferredToAgency": transfers(outcomes.transferred),
        "returnedToField": outcomes.returned_to_field,
        "otherLiveOutcome": outcomes.other,
    })
}

fn other_outcomes(outcomes: &OtherOutcomes) -> Value {
    json!({
        "diedInCare": outcomes.died_in_care,
        "lostInCare": outcomes.lost_in_care,
        "shelterEuthanasia": outcomes.shelter_euthanasia,
        "ownerIntendedEuthanasia": outcomes.owner_intended_euthanasia,
    })
}

fn transfers(number: u64) -> Value {
    json!({ "inState": number, "outOfState": 0, "international": 0 })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::monthly::row::SacSpecies;

    #[test]
    fn a_document_has_the_keys_of_the_service() {
        let mut row = Row::empty(SacSpecies::SmallMammal);
        row.beginning = Count { animals: 2, foster: 1 };
        row.ending = Count { animals: 3, foster: 0 };
        row.intakes.adult.relinquished_by_owner = 1;
        row.intakes.up_to_five_months.transferred_in = 2;
        row.live_outcomes.unknown.adoption = 1;
        row.other_outcomes.adult.lost_in_care = 1;
        let organisation = Organisation {
            external_id: "TX12",
            name: "Austin Shelter",
            vendor_name: "Finding Sweetie",
        };
        let month = Month::new(2026, 2).expect("there is such a month");

        let document = sac_json(organisation, month, &row);

        let at = |path: &str| document.pointer(path).cloned().unwrap_or_default();
        assert_eq!(at("/species"), "small_mammal");
        assert_eq!((at("/recordYear"), at("/recordMonth")), (json!("2026"), json!("2")));
        assert_eq!(
            at("/animalCounts"),
            json!({
                "beginingCount": { "count": 2, "date": "2026-02-01", "fosterAnimalCount": 1 },
                "endiningCount": { "count": 3, "date": "2026-02-28", "fosterAnimalCount": 0 },
            })
        );
        assert_eq!(at("/liveIntake/adult/relinquishedbyOwner"), 1);
        assert_eq!(
            at("/liveIntake/upToFiveMonths/transferredinFromAgency"),
            json!({ "inState": 2, "outOfState": 0, "international": 0 })
        );
        assert_eq!(at("/outComes/liveOutcomes/ageUnknown/adoption"), 1);
        assert_eq!(at("/outComes/otherOutcomes/adult/lostInCare"), 1);
        assert_eq!(at("/organization/externalId"), "TX12");
    }
}
