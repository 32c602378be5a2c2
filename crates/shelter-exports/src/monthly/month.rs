//! A calendar month and where it begins by a shelter's clocks.

use std::fmt;

use chrono::{NaiveDate, NaiveDateTime, TimeDelta, TimeZone};
use chrono_tz::Tz;
use entity::Timestamp;

/// Minutes between the guesses at the first instant of a day whose midnight does not exist.
const STEP: i64 = 15;
/// How many of them: two days, as a zone that moves across the date line skips a whole day.
const STEPS: i64 = 2 * 24 * 60 / STEP;

/// A month of a year from 1970 to 9998. Its text is such as `2026-11`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Month {
    first: NaiveDate,
    after: NaiveDate,
}

impl Month {
    /// The month with that number, 1 for January; `None` if there is none, or if its year is out of range.
    pub fn new(year: i32, month: u32) -> Option<Self> {
        let first = NaiveDate::from_ymd_opt(year, month, 1).filter(|_| (1970..=9998).contains(&year))?;
        let after = first.checked_add_months(chrono::Months::new(1))?;
        Some(Self { first, after })
    }

    /// The month that is written so, such as `2026-11`; `None` for any other text.
    pub fn parse(text: &str) -> Option<Self> {
        let (year, month) = text.split_once('-')?;
        let digits = |part: &str, length| part.len() == length && part.bytes().all(|byte| byte.is_ascii_digit());
        if !digits(year, 4) || !digits(month, 2) {
            return None;
        }
        Self::new(year.parse().ok()?, month.parse().ok()?)
    }

    /// Its first day.
    pub fn first_day(self) -> NaiveDate {
        self.first
    }

    /// Its last day.
    pub fn last_day(self) -> NaiveDate {
        self.after.pred_opt().unwrap_or(self.first)
    }

    /// The first instant of the month, and that of the next one, to which it lasts.
    pub fn bounds(self, zone: Tz) -> (Timestamp, Timestamp) {
        (beginning_of(self.first, zone), beginning_of(self.after, zone))
    }
}

impl fmt::Display for Month {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.first.format("%Y-%m"))
    }
}

/// The first instant at which the clocks of the zone show that day; where it is skipped, the next one that they show.
pub fn beginning_of(day: NaiveDate, zone: Tz) -> Timestamp {
    let midnight = day.and_time(chrono::NaiveTime::MIN);
    let guess = |step: i64| midnight.checked_add_signed(TimeDelta::minutes(step * STEP));
    let instant = |clock: NaiveDateTime| zone.from_local_datetime(&clock).earliest();
    let found = (0..=STEPS).filter_map(guess).find_map(instant);
    found.map_or_else(|| midnight.and_utc().into(), |instant| instant.to_utc().into())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn begins(year: i32, month: u32, zone: Tz) -> String {
        let month = Month::new(year, month).expect("there is such a month");
        month.bounds(zone).0.to_string()
    }

    #[test]
    fn a_month_begins_by_the_clocks_of_its_zone() {
        assert_eq!(begins(2026, 11, Tz::America__Chicago), "2026-11-01T05:00:00.000Z");
        assert_eq!(begins(2026, 12, Tz::America__Chicago), "2026-12-01T06:00:00.000Z");
        // There the clocks went from midnight to one o'clock on that day, and over the 30th of December 2011.
        assert_eq!(begins(2017, 10, Tz::America__Asuncion), "2017-10-01T04:00:00.000Z");
        assert_eq!(begins(2012, 1, Tz::Pacific__Apia), "2011-12-31T10:00:00.000Z");
    }

    #[test]
    fn months_have_a_first_and_a_last_day() {
        let february = Month::new(2024, 2).expect("there is such a month");
        assert_eq!(february.last_day().to_string(), "2024-02-29");
        assert_eq!(february.to_string(), "2024-02");
        assert_eq!(Month::parse("2024-02"), Some(february));
        for text in [
            "",
            "2024",
            "2024-2",
            "2024-13",
            "24-02",
            "+024-02",
            "2024-02-01",
            "2024-0２",
        ] {
            assert_eq!(Month::parse(text), None, "{text}");
        }
        for (year, month) in [(2024, 0), (2024, 13), (1969, 12), (9999, 1)] {
            assert_eq!(Month::new(year, month), None);
        }
    }
}
