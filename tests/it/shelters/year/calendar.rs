//! Days, hours and holds in Texas from June 2026 to June 2027, counted on the fingers: from tables of that year alone, with
//! nothing of the server's own calendar.

use chrono::{DateTime, Datelike, Days, NaiveDate, SecondsFormat, Weekday};
use serde_json::{Value, json};

const HOUR: i64 = 60 * 60 * 1000;

/// The holidays of the government in that year and those on the days instead of which offices are closed.
const HOLIDAYS: [(i32, u32, u32); 15] = [
    (2026, 6, 19),
    (2026, 7, 3),
    (2026, 7, 4),
    (2026, 9, 7),
    (2026, 10, 12),
    (2026, 11, 11),
    (2026, 11, 26),
    (2026, 12, 25),
    (2027, 1, 1),
    (2027, 1, 18),
    (2027, 2, 15),
    (2027, 5, 31),
    (2027, 6, 18),
    (2027, 6, 19),
    (2027, 7, 5),
];

/// Days on which the shelter is closed besides.
pub const CLOSED: [&str; 4] = ["2026-11-27", "2026-12-24", "2026-12-31", "2027-03-26"];

/// The rules of the shelter as it tells them to the server; [`hold_end`] follows them.
pub fn rules() -> Value {
    let days = |length: i32, unit: &str| json!({ "length": length, "unit": unit });
    json!([
        { "name": "Dogs", "species": ["DOG"], "base": days(3, "BUSINESS_DAYS"), "identified": days(5, "BUSINESS_DAYS"),
            "holidays": "US_FEDERAL" },
        { "name": "Cats", "species": ["CAT"], "base": days(4, "CALENDAR_DAYS"), "identified": days(7, "CALENDAR_DAYS") },
        { "name": "Seized", "intakeKinds": ["SEIZED"], "base": days(10, "CALENDAR_DAYS") },
    ])
}

fn date((year, month, day): (i32, u32, u32)) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).unwrap()
}

/// The day with that number; the year begins on the day at which every test begins.
pub fn day(number: u64) -> NaiveDate {
    date((2026, 6, 1)) + Days::new(number)
}

/// By how many hours the midnight with which a day begins is behind that of Greenwich.
fn behind(day: NaiveDate) -> i64 {
    let is_summer = day <= date((2026, 11, 1)) || date((2027, 3, 15)) <= day;
    if is_summer { 5 } else { 6 }
}

fn greenwich(day: NaiveDate) -> i64 {
    day.and_hms_opt(0, 0, 0).unwrap().and_utc().timestamp_millis()
}

/// When a day begins.
pub fn midnight(day: NaiveDate) -> i64 {
    greenwich(day) + behind(day) * HOUR
}

/// An hour of a day after those in which clocks are changed.
pub fn at(day: NaiveDate, hour: i64, minute: i64) -> i64 {
    greenwich(day) + (behind(day + Days::new(1)) + hour) * HOUR + minute * 60_000
}

/// An hour of a day in Greenwich, where the clock of the test is.
pub fn noon_in_greenwich(day: NaiveDate, hour: i64) -> i64 {
    greenwich(day) + hour * HOUR
}

/// An instant as the server writes it.
pub fn written(at: i64) -> String {
    let at = DateTime::from_timestamp_millis(at).unwrap();
    at.to_rfc3339_opts(SecondsFormat::Millis, true)
}

/// When the hold of an animal ends that came on that day; `None` if no rule keeps it.
pub fn hold_end(species: &str, kind: &str, came: NaiveDate, is_identified: bool) -> Option<i64> {
    let (length, leaves_out_free_days) = match (kind, species, is_identified) {
        ("SEIZED", ..) => (10, false),
        ("STRAY", "DOG", false) => (3, true),
        ("STRAY", "DOG", true) => (5, true),
        ("STRAY", "CAT", false) => (4, false),
        ("STRAY", "CAT", true) => (7, false),
        // No rule is about it, so the shelter's own number of days counts.
        ("STRAY", ..) => (5, false),
        _ => return None,
    };
    let (mut last, mut left) = (came, length);
    while 0 < left {
        last = last + Days::new(1);
        if !(leaves_out_free_days && is_free(last)) {
            left -= 1;
        }
    }
    Some(midnight(last + Days::new(1)))
}

fn is_free(day: NaiveDate) -> bool {
    let is_weekend = matches!(day.weekday(), Weekday::Sat | Weekday::Sun);
    is_weekend || HOLIDAYS.iter().any(|free| date(*free) == day) || CLOSED.contains(&day.to_string().as_str())
}

/// The month that a day is in, as it is written.
pub fn month(day: NaiveDate) -> String {
    day.format("%Y-%m").to_string()
}

/// The first days of the month of a day and of the next one.
pub fn bounds(day: NaiveDate) -> (NaiveDate, NaiveDate) {
    let first = day.with_day(1).unwrap();
    let next = (first + Days::new(31)).with_day(1).unwrap();
    (first, next)
}
