//! Opening hours: pure functions of the hours, a time zone and a moment.
//!
//! Hours are those of the local clock, so a shelter that opens at nine does so whether or not daylight saving has begun:
//! in the night in which an hour is repeated it is open in both, and hours that are left out are never open. No span goes
//! past midnight; two days that touch there are one opening to visitors.

use chrono::{DateTime, Datelike, Days, NaiveDate, TimeDelta, Timelike, Utc, Weekday};
use serde::{Deserialize, Serialize};

use import_reader::zone::Zone;

/// The minutes of a day: the latest moment at which a span can close.
pub const MIDNIGHT: u16 = 24 * 60;

/// How many days the next opening is looked for: two years, as far as exceptions reach.
const DAYS_AHEAD: u64 = 740;

/// A span of one day, in minutes of the local clock; open from `opens` until just before `closes`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Span {
    /// First minute.
    pub opens: u16,
    /// The minute after the last one, at most [`MIDNIGHT`].
    pub closes: u16,
}

/// A span of every week.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct WeeklySpan {
    /// Day of the week.
    pub weekday: Weekday,
    /// When on that day.
    pub span: Span,
}

/// A day that differs from its week. Several with the same date are several spans of that day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Exception {
    /// Which day, of the local calendar.
    pub date: NaiveDate,
    /// When it is open; `None` if it is closed.
    pub span: Option<Span>,
    /// Why, for visitors.
    pub note: Option<String>,
}

/// When a shelter is open.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Hours {
    /// The spans of each week.
    pub weekly: Vec<WeeklySpan>,
    /// The days that differ.
    pub exceptions: Vec<Exception>,
}

impl Span {
    /// Whether two spans of one day have a minute in common.
    pub fn overlaps(self, other: Self) -> bool {
        self.opens < other.closes && other.opens < self.closes
    }

    fn holds(self, minute: u32) -> bool {
        u32::from(self.opens) <= minute && minute < u32::from(self.closes)
    }
}

impl Hours {
    /// Whether it is open at that moment.
    pub fn is_open(&self, zone: Zone, at: DateTime<Utc>) -> bool {
        let clock = zone.clock(at);
        let minute = clock.hour() * 60 + clock.minute();
        self.spans_on(clock.date()).any(|span| span.holds(minute))
    }

    /// When it opens next after a moment at which it is closed. `None` while it is open, and if it does not open within
    /// two years.
    pub fn opens_after(&self, zone: Zone, at: DateTime<Utc>) -> Option<DateTime<Utc>> {
        if self.is_open(zone, at) {
            return None;
        }
        // Clocks that are set back at midnight repeat the end of the day before.
        let first = zone.clock(at).date().pred_opt()?;
        (0..=DAYS_AHEAD)
            .filter_map(|ahead| first.checked_add_days(Days::new(ahead)))
            .find_map(|date| self.first_minute_on(date, zone, at))
    }

    /// The first minute of that day after `after` at which it is open.
    fn first_minute_on(&self, date: NaiveDate, zone: Zone, after: DateTime<Utc>) -> Option<DateTime<Utc>> {
        self.spans_on(date).next()?;
        // No clock differs from that of Greenwich by more than 14 hours.
        let reach = TimeDelta::hours(15);
        let midnight = date.and_hms_opt(0, 0, 0)?.and_utc();
        let (from, until) = (midnight - reach, midnight + TimeDelta::days(1) + reach);
        let offset = |at: DateTime<Utc>| zone.clock(at) - at.naive_utc();
        if offset(from) == offset(until) {
            let opening = |span: Span| midnight + TimeDelta::minutes(i64::from(span.opens)) - offset(from);
            return self.spans_on(date).map(opening).filter(|at| after < *at).min();
        }
        // The clocks are set about this day, as twice a year: every minute is looked at.
        let first = (after.timestamp().div_euclid(60) + 1).max(from.timestamp().div_euclid(60));
        (first..until.timestamp().div_euclid(60))
            .filter_map(|minute| DateTime::from_timestamp(minute * 60, 0))
            .find(|at| zone.clock(*at).date() == date && self.is_open(zone, *at))
    }

    /// The spans of a day: those of its exceptions, or else those of its week.
    fn spans_on(&self, date: NaiveDate) -> impl Iterator<Item = Span> + '_ {
        let is_exception = self.exceptions.iter().any(|exception| exception.date == date);
        let special = self.exceptions.iter().filter(move |exception| exception.date == date);
        let weekday = date.weekday();
        let usual = self.weekly.iter();
        let usual = usual.filter(move |weekly| !is_exception && weekly.weekday == weekday);
        special
            .filter_map(|exception| exception.span)
            .chain(usual.map(|weekly| weekly.span))
    }
}

/// The minute of the day that `09:30` means, up to `24:00`; `None` for anything else.
pub fn minute_of(text: &str) -> Option<u16> {
    let (hours, minutes) = text.trim().split_once(':')?;
    let number = |digits: &str| {
        let is_number = digits.len() == 2 && digits.bytes().all(|byte| byte.is_ascii_digit());
        is_number.then(|| digits.parse::<u16>().ok()).flatten()
    };
    let (hours, minutes) = (number(hours)?, number(minutes)?);
    let minute = hours * 60 + minutes;
    (minutes < 60 && minute <= MIDNIGHT).then_some(minute)
}

/// The same the other way round.
pub fn clock_text(minute: u16) -> String {
    format!("{:02}:{:02}", minute / 60, minute % 60)
}

#[cfg(test)]
mod tests {
    use proptest::{collection::vec, prelude::*};

    use super::*;

    const DAYS: [Weekday; 7] = [
        Weekday::Mon,
        Weekday::Tue,
        Weekday::Wed,
        Weekday::Thu,
        Weekday::Fri,
        Weekday::Sat,
        Weekday::Sun,
    ];
    /// Half an hour, midnight and no daylight saving among them.
    const ZONES: [&str; 6] = [
        "America/Chicago",
        "Europe/London",
        "Australia/Lord_Howe",
        "America/Havana",
        "Asia/Kathmandu",
        "America/Phoenix",
    ];

    fn zone(name: &str) -> Zone {
        Zone::named(name).unwrap()
    }

    fn at(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    fn daily(opens: u16, closes: u16) -> Hours {
        let span = Span { opens, closes };
        let weekly = DAYS.map(|weekday| WeeklySpan { weekday, span });
        Hours {
            weekly: weekly.to_vec(),
            exceptions: Vec::new(),
        }
    }

    #[test]
    fn nine_is_nine_before_and_after_the_clocks_are_set() {
        let (hours, chicago) = (daily(9 * 60, 17 * 60), zone("America/Chicago"));
        for (closed, opens) in [
            ("2026-03-07T23:30:00Z", "2026-03-08T14:00:00Z"),
            ("2026-03-07T14:30:00Z", "2026-03-07T15:00:00Z"),
            ("2026-10-31T23:30:00Z", "2026-11-01T15:00:00Z"),
            ("2026-10-31T12:30:00Z", "2026-10-31T14:00:00Z"),
        ] {
            assert_eq!(hours.opens_after(chicago, at(closed)), Some(at(opens)), "{closed}");
        }
    }

    #[test]
    fn an_hour_that_is_left_out_opens_with_the_next_one() {
        let chicago = zone("America/Chicago");
        let left_out = daily(2 * 60 + 15, 5 * 60);
        assert_eq!(
            left_out.opens_after(chicago, at("2026-03-08T07:00:00Z")),
            Some(at("2026-03-08T08:00:00Z")),
            "two o'clock is three"
        );
        let wholly = daily(2 * 60, 3 * 60);
        assert_eq!(
            wholly.opens_after(chicago, at("2026-03-08T07:00:00Z")),
            Some(at("2026-03-09T07:00:00Z"))
        );
    }

    #[test]
    fn an_hour_that_is_repeated_is_open_twice() {
        let (hours, chicago) = (daily(60, 90), zone("America/Chicago"));
        assert!(hours.is_open(chicago, at("2026-11-01T06:10:00Z")));
        assert!(hours.is_open(chicago, at("2026-11-01T07:10:00Z")));
        assert_eq!(
            hours.opens_after(chicago, at("2026-11-01T06:45:00Z")),
            Some(at("2026-11-01T07:00:00Z"))
        );
    }

    #[test]
    fn an_exception_takes_the_place_of_its_day() {
        let mut hours = daily(9 * 60, 17 * 60);
        let date = |day| NaiveDate::from_ymd_opt(2026, 12, day).unwrap();
        let exception = |day, span| Exception {
            date: date(day),
            span,
            note: None,
        };
        let short = Span {
            opens: 600,
            closes: 720,
        };
        hours.exceptions = vec![exception(24, Some(short)), exception(25, None)];
        let utc = Zone::UTC;
        assert!(!hours.is_open(utc, at("2026-12-24T09:30:00Z")));
        assert!(hours.is_open(utc, at("2026-12-24T10:30:00Z")));
        assert_eq!(
            hours.opens_after(utc, at("2026-12-24T12:00:00Z")),
            Some(at("2026-12-26T09:00:00Z"))
        );
    }

    #[test]
    fn who_never_opens_has_no_next_opening() {
        assert_eq!(
            Hours::default().opens_after(Zone::UTC, at("2026-12-24T12:00:00Z")),
            None
        );
    }

    #[test]
    fn times_are_two_digits_each_up_to_midnight() {
        for (text, minute) in [("00:00", 0), ("09:30", 570), ("23:59", 1439), ("24:00", 1440)] {
            assert_eq!(minute_of(text), Some(minute));
            assert_eq!(clock_text(minute), text);
        }
        for text in [
            "", "9", "9:30", "09:60", "24:01", "25:00", "-1:00", "+9:00", "09:30:00", "noon",
        ] {
            assert_eq!(minute_of(text), None, "{text}");
        }
    }

    fn span() -> impl Strategy<Value = Span> {
        (0..MIDNIGHT, 1..=600_u16).prop_map(|(opens, length)| Span {
            opens,
            closes: (opens + length).min(MIDNIGHT),
        })
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(96))]

        #[test]
        fn the_next_opening_is_the_first_open_minute(
            weekly in vec((0..7_usize, span()), 0..5),
            exceptions in vec((0..9_u64, prop::option::of(span())), 0..4),
            zone_of in 0..ZONES.len(),
            // About the days on which clocks are set in March, April and October to November, and an ordinary week.
            around in prop::sample::select(vec!["2026-03-06", "2026-03-27", "2026-04-03", "2026-10-02", "2026-10-23", "2026-10-30", "2026-06-10"]),
            seconds in 0..3 * 86_400_i64,
        ) {
            let start: NaiveDate = around.parse().unwrap();
            let zone = zone(ZONES[zone_of]);
            let hours = Hours {
                weekly: weekly.into_iter().map(|(day, span)| WeeklySpan { weekday: DAYS[day], span }).collect(),
                exceptions: exceptions
                    .into_iter()
                    .map(|(day, span)| Exception { date: start + Days::new(day), span, note: None })
                    .collect(),
            };
            let now = start.and_hms_opt(0, 0, 0).unwrap().and_utc() + TimeDelta::seconds(seconds);

            let scanned = (now.timestamp().div_euclid(60) + 1..)
                .take(18 * 24 * 60)
                .map(|minute| DateTime::from_timestamp(minute * 60, 0).unwrap())
                .find(|at| hours.is_open(zone, *at));

            let expected = scanned.filter(|_| !hours.is_open(zone, now));
            prop_assert_eq!(hours.opens_after(zone, now), expected);
        }
    }
}
