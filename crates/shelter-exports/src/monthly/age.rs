//! Ages as the figures tell them.

use chrono::{Months, NaiveDate};
use entity::vocabulary::{AgeGroup, Species};

/// The break point between young and adult, in months (Basic Data Matrix: "under 5 months of age").
const ADULT_AT_MONTHS: u32 = 5;

/// An age on some day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Age {
    /// Five months or older: SAC's `adult`.
    Adult,
    /// Younger: SAC's `upToFiveMonths`.
    UpToFiveMonths,
    /// Not known: SAC's `ageUnknown`.
    Unknown,
}

impl Age {
    /// All of them, in SAC's order.
    pub const ALL: [Self; 3] = [Self::Adult, Self::UpToFiveMonths, Self::Unknown];

    /// SAC's key.
    pub fn key(self) -> &'static str {
        match self {
            Self::Adult => "adult",
            Self::UpToFiveMonths => "upToFiveMonths",
            Self::Unknown => "ageUnknown",
        }
    }

    /// The age on a day of an animal that was born on that day. An animal that came before it was born counts as young.
    pub(super) fn on(day: NaiveDate, birth: NaiveDate) -> Self {
        match birth.checked_add_months(Months::new(ADULT_AT_MONTHS)) {
            Some(adult) if adult <= day => Self::Adult,
            _ => Self::UpToFiveMonths,
        }
    }

    /// The age that a group tells: its limits are in `pet_vocabulary::age_group_of_days`. Small mammals are young from
    /// their 91st day to their first birthday, so for them that group tells nothing and `baby` does.
    pub(super) fn of_group(species: Species, group: AgeGroup) -> Self {
        match (group, species) {
            (AgeGroup::Baby, Species::SmallMammal) => Self::UpToFiveMonths,
            (AgeGroup::Young, Species::SmallMammal) | (AgeGroup::Baby | AgeGroup::Unknown, _) => Self::Unknown,
            (AgeGroup::Young | AgeGroup::Adult | AgeGroup::Senior, _) => Self::Adult,
        }
    }
}

#[cfg(test)]
mod tests {
    use pet_vocabulary::age_group_of_days;

    use super::*;

    fn age_on(day: &str) -> Age {
        let birth = NaiveDate::from_ymd_opt(2026, 9, 30).expect("there is such a day");
        Age::on(day.parse().expect("this is a day"), birth)
    }

    #[test]
    fn an_animal_is_adult_from_the_day_on_which_it_is_five_months_old() {
        assert_eq!(age_on("2026-09-01"), Age::UpToFiveMonths);
        assert_eq!(age_on("2027-02-27"), Age::UpToFiveMonths);
        // There is no 30th of February.
        assert_eq!(age_on("2027-02-28"), Age::Adult);
    }

    #[test]
    fn a_group_tells_an_age_only_if_it_lies_on_one_side() {
        for species in [
            Species::Dog,
            Species::Cat,
            Species::Rabbit,
            Species::SmallMammal,
            Species::Bird,
        ] {
            for days in 0..4000 {
                let told = Age::of_group(species, age_group_of_days(species, days));
                // Five months have 150 to 153 days.
                assert!(told != Age::Adult || 153 <= days, "{species:?} {days}");
                assert!(told != Age::UpToFiveMonths || days < 150, "{species:?} {days}");
            }
        }
    }
}
