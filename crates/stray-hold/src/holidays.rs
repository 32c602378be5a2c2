//! Calendars of holidays as data: fixed dates and weekdays of a month, and the days on which they are observed.
//!
//! Holidays that move with the moon, such as Easter Monday, cannot be told here; a shelter lists them among the dates on
//! which it is closed.

use std::sync::LazyLock;

use chrono::{Datelike, Days, NaiveDate, Weekday};
use serde::{Deserialize, Serialize};

/// The holidays of a rule: a built-in calendar, and others besides it.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Holidays {
    /// A calendar that need not be written down.
    #[serde(default)]
    pub calendar: BuiltIn,
    /// Further holidays, such as those of a state; at most 60.
    #[serde(default)]
    pub also: Vec<Holiday>,
}

/// A calendar that comes with this library.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BuiltIn {
    /// No holidays.
    #[default]
    None,
    /// Those of [`us_federal`].
    UsFederal,
}

/// A day that comes back every year.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Holiday {
    /// What people call it, 1 to 100 characters.
    pub name: String,
    /// Which day of the year it is.
    pub on: HolidayDate,
    /// Which other day is free if it falls on a weekend.
    #[serde(default)]
    pub observed: Observed,
    /// The first year in which it was a holiday; without it, it always was.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub since: Option<i32>,
}

/// A day of any year. In JSON `{"date": {"month": 7, "day": 4}}`, `{"nth": {"n": 4, "weekday": "Thu", "month": 11}}` or
/// `{"last": {"weekday": "Mon", "month": 5}}`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum HolidayDate {
    /// A fixed date. The 29th of February exists in leap years only.
    Date {
        /// 1 to 12.
        month: u32,
        /// 1 to the last of the month.
        day: u32,
    },
    /// A certain weekday of a month, counted from its first.
    Nth {
        /// 1 to 4; not every month has a fifth.
        n: u8,
        /// The day of the week.
        weekday: Weekday,
        /// 1 to 12.
        month: u32,
    },
    /// The last of a certain weekday in a month.
    Last {
        /// The day of the week.
        weekday: Weekday,
        /// 1 to 12.
        month: u32,
    },
}

/// What happens if a holiday falls on a Saturday or Sunday. The date itself stays a holiday: where a rule counts
/// Saturdays as business days, neither that Saturday nor the day instead of it counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Observed {
    /// Nothing.
    #[default]
    OnTheDay,
    /// Instead of a Saturday the Friday before is free, and instead of a Sunday the Monday after.
    FridayOrMonday,
    /// Instead of either, the Monday after is free.
    Monday,
    /// Instead of a Sunday, the Monday after is free; nothing instead of a Saturday.
    MondayIfSunday,
}

/// A day that is free because of a holiday.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FreeDay {
    /// The name of the holiday.
    pub name: String,
    /// Whether it is the day on which the holiday is observed, rather than its own date.
    pub is_observed: bool,
}

impl Holidays {
    /// The holiday that makes a day free, the built-in ones first; `None` if the day is none.
    pub fn free_day(&self, day: NaiveDate) -> Option<FreeDay> {
        let built_in: &[Holiday] = match self.calendar {
            BuiltIn::None => &[],
            BuiltIn::UsFederal => us_federal(),
        };
        built_in.iter().chain(&self.also).find_map(|holiday| holiday.free(day))
    }
}

impl Holiday {
    /// Its date in a year; `None` if it has none in that year, or was no holiday yet.
    pub fn date(&self, year: i32) -> Option<NaiveDate> {
        if self.since.is_some_and(|since| year < since) {
            return None;
        }
        match self.on {
            HolidayDate::Date { month, day } => NaiveDate::from_ymd_opt(year, month, day),
            HolidayDate::Nth { n, weekday, month } => NaiveDate::from_weekday_of_month_opt(year, month, weekday, n),
            HolidayDate::Last { weekday, month } => [5, 4]
                .into_iter()
                .find_map(|n| NaiveDate::from_weekday_of_month_opt(year, month, weekday, n)),
        }
    }

    /// The day on which it is observed in a year, if that is another than its date.
    pub fn observed_on(&self, year: i32) -> Option<NaiveDate> {
        let date = self.date(year)?;
        match (self.observed, date.weekday()) {
            (Observed::FridayOrMonday, Weekday::Sat) => date.checked_sub_days(Days::new(1)),
            (Observed::Monday, Weekday::Sat) => date.checked_add_days(Days::new(2)),
            (Observed::FridayOrMonday | Observed::Monday | Observed::MondayIfSunday, Weekday::Sun) => {
                date.checked_add_days(Days::new(1))
            }
            _ => None,
        }
    }

    /// Years around the day's own matter: the first of January can be observed in December.
    fn free(&self, day: NaiveDate) -> Option<FreeDay> {
        let year = day.year();
        let is_own = self.date(year) == Some(day);
        let observed = || [year - 1, year, year + 1].map(|year| self.observed_on(year));
        let is_free = is_own || observed().contains(&Some(day));
        is_free.then(|| FreeDay {
            name: self.name.clone(),
            is_observed: !is_own,
        })
    }
}

/// The eleven legal public holidays of the United States, from 5 U.S.C. 6103(a), and the days on which they are observed,
/// from its (b) for Saturdays and Executive Order 11582 for Sundays.
///
/// Martin Luther King Jr.'s birthday counts since 1986 (Public Law 98-144) and Juneteenth since 2021 (Public Law
/// 117-17). Inauguration Day, which is one near Washington only, is left out.
pub fn us_federal() -> &'static [Holiday] {
    &US_FEDERAL
}

static US_FEDERAL: LazyLock<Vec<Holiday>> = LazyLock::new(|| {
    let date = |month, day| HolidayDate::Date { month, day };
    let nth = |n, weekday, month| HolidayDate::Nth { n, weekday, month };
    let memorial_day = HolidayDate::Last {
        weekday: Weekday::Mon,
        month: 5,
    };
    let holidays = [
        ("New Year's Day", date(1, 1), None),
        (
            "Birthday of Martin Luther King, Jr.",
            nth(3, Weekday::Mon, 1),
            Some(1986),
        ),
        ("Washington's Birthday", nth(3, Weekday::Mon, 2), None),
        ("Memorial Day", memorial_day, None),
        ("Juneteenth", date(6, 19), Some(2021)),
        ("Independence Day", date(7, 4), None),
        ("Labor Day", nth(1, Weekday::Mon, 9), None),
        ("Columbus Day", nth(2, Weekday::Mon, 10), None),
        ("Veterans Day", date(11, 11), None),
        ("Thanksgiving Day", nth(4, Weekday::Thu, 11), None),
        ("Christmas Day", date(12, 25), None),
    ];
    let holiday = |(name, on, since): (&str, HolidayDate, Option<i32>)| Holiday {
        name: name.to_owned(),
        on,
        observed: Observed::FridayOrMonday,
        since,
    };
    holidays.into_iter().map(holiday).collect()
});

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().expect("the date is well-formed")
    }

    fn federal(text: &str) -> Option<(String, bool)> {
        let holidays = Holidays {
            calendar: BuiltIn::UsFederal,
            also: Vec::new(),
        };
        holidays.free_day(day(text)).map(|free| (free.name, free.is_observed))
    }

    /// The list of the Office of Personnel Management for 2026, where Independence Day falls on a Saturday.
    #[test]
    fn the_federal_holidays_of_2026_are_those_of_the_government() {
        let all: Vec<String> = day("2026-01-01")
            .iter_days()
            .take(365)
            .filter(|day| federal(&day.to_string()).is_some())
            .map(|day| day.to_string())
            .collect();

        assert_eq!(
            all,
            [
                "2026-01-01",
                "2026-01-19",
                "2026-02-16",
                "2026-05-25",
                "2026-06-19",
                "2026-07-03",
                "2026-07-04",
                "2026-09-07",
                "2026-10-12",
                "2026-11-11",
                "2026-11-26",
                "2026-12-25",
            ]
        );
        assert_eq!(federal("2026-07-03"), Some((String::from("Independence Day"), true)));
    }

    #[test]
    fn a_new_year_on_a_saturday_is_observed_in_the_old_year() {
        assert_eq!(federal("2027-12-31"), Some((String::from("New Year's Day"), true)));
        assert_eq!(federal("2028-01-01"), Some((String::from("New Year's Day"), false)));
        assert_eq!(federal("2023-01-02"), Some((String::from("New Year's Day"), true)));
    }

    #[test]
    fn a_holiday_is_none_before_its_first_year() {
        assert_eq!(federal("2020-06-19"), None);
        assert!(federal("2021-06-18").is_some_and(|(_, is_observed)| is_observed));
    }

    #[test]
    fn each_way_to_observe_moves_a_weekend_to_its_own_day() {
        let on = |observed, year| {
            let holiday = Holiday {
                name: String::from("Sweetie's Day"),
                on: HolidayDate::Date { month: 7, day: 4 },
                observed,
                since: None,
            };
            holiday.observed_on(year).map(|day| day.to_string())
        };

        // A Saturday in 2026, a Sunday in 2027.
        assert_eq!(on(Observed::OnTheDay, 2026), None);
        assert_eq!(on(Observed::Monday, 2026).as_deref(), Some("2026-07-06"));
        assert_eq!(on(Observed::MondayIfSunday, 2026), None);
        assert_eq!(on(Observed::MondayIfSunday, 2027).as_deref(), Some("2027-07-05"));
        assert_eq!(on(Observed::FridayOrMonday, 2028), None);
    }

    #[test]
    fn the_last_monday_can_be_the_fourth_or_the_fifth() {
        let memorial_day = |year| us_federal().get(3).and_then(|holiday| holiday.date(year));

        assert_eq!(memorial_day(2027), Some(day("2027-05-31")));
        assert_eq!(memorial_day(2026), Some(day("2026-05-25")));
    }
}
