//! Dates as shelters' systems write them. One order of day and month is settled per column; what stays unclear is refused.
//!
//! Files carry no time zone, so a time without an offset is read as UTC: it may be off by a few hours, never by days.

use chrono::{NaiveDate, NaiveDateTime, NaiveTime, TimeDelta};
use entity::Timestamp;

/// Whether `03/04/2019` is in March or in April.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum DateOrder {
    MonthFirst,
    DayFirst,
    /// No value tells.
    Unclear,
    /// Some values can only be one, some only the other.
    Mixed,
}

/// What one cell says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Reading {
    /// Blank, `N/A`, or 1900-01-01, which some systems write for "no date".
    Nothing,
    Sure(NaiveDateTime),
    /// Two numbers of which either may be the month.
    Numeric {
        first: u32,
        second: u32,
        year: i32,
        time: NaiveTime,
        twelve_hours: bool,
    },
    Nonsense,
}

impl DateOrder {
    /// The order that fits all the values of a column.
    pub(super) fn infer<'a>(values: impl Iterator<Item = &'a str>) -> Self {
        let (mut month_first, mut day_first, mut american) = (false, false, false);
        for value in values {
            if let Reading::Numeric {
                first,
                second,
                twelve_hours,
                ..
            } = read(value)
            {
                day_first |= 12 < first;
                month_first |= 12 < second;
                american |= twelve_hours;
            }
        }
        match (month_first, day_first) {
            (true, true) => Self::Mixed,
            (true, false) => Self::MonthFirst,
            (false, true) => Self::DayFirst,
            (false, false) if american => Self::MonthFirst,
            (false, false) => Self::Unclear,
        }
    }

    /// The instant in a cell, with the time of day from a second cell if that column exists; none for a blank cell.
    pub(super) fn parse(self, date: &str, time: Option<&str>) -> Result<Option<Timestamp>, &'static str> {
        let moment = match read(date) {
            Reading::Nothing => return Ok(None),
            Reading::Nonsense => return Err("this is not a date; write it as 2019-03-25"),
            Reading::Sure(moment) => moment,
            Reading::Numeric {
                first,
                second,
                year,
                time,
                ..
            } => {
                let (month, day) = self.month_and_day(first, second)?;
                let day = NaiveDate::from_ymd_opt(year, month, day).ok_or("there is no such day")?;
                day.and_time(time)
            }
        };
        let clock = time.and_then(read_clock).unwrap_or(moment.time());
        let moment = moment.date().and_time(clock);
        Ok(Some(Timestamp(moment.and_utc().timestamp_millis())))
    }

    fn month_and_day(self, first: u32, second: u32) -> Result<(u32, u32), &'static str> {
        match self {
            Self::MonthFirst => Ok((first, second)),
            Self::DayFirst => Ok((second, first)),
            _ if first == second => Ok((first, second)),
            Self::Unclear => Err("day and month cannot be told apart; write the date as 2019-03-25"),
            Self::Mixed => Err("this column writes some dates with the day first and some with the month first"),
        }
    }
}

fn read(text: &str) -> Reading {
    let text = text.trim();
    let blank = ["", "n/a", "na", "null", "none", "tba", "tbd", "unknown", "-", "0"];
    if blank.iter().any(|word| text.eq_ignore_ascii_case(word)) {
        return Reading::Nothing;
    }
    let reading = read_number(text)
        .or_else(|| read_words(text))
        .unwrap_or(Reading::Nonsense);
    match reading {
        Reading::Sure(moment) if is_no_date(moment.date()) => Reading::Nothing,
        Reading::Numeric {
            first: 1,
            second: 1,
            year: 1900,
            ..
        } => Reading::Nothing,
        other => other,
    }
}

fn is_no_date(day: NaiveDate) -> bool {
    NaiveDate::from_ymd_opt(1900, 1, 1) == Some(day)
}

/// `20190325`, or seconds (also with a fraction) or milliseconds since 1970.
fn read_number(text: &str) -> Option<Reading> {
    let whole = text.split('.').next()?;
    if !text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.') || 1 < text.matches('.').count() {
        return None;
    }
    let number: i64 = whole.parse().ok()?;
    let moment = match whole.len() {
        8 if whole == text => NaiveDate::parse_from_str(text, "%Y%m%d").ok()?.and_time(NaiveTime::MIN),
        9..=11 => chrono::DateTime::from_timestamp(number, 0)?.naive_utc(),
        13 => chrono::DateTime::from_timestamp_millis(number)?.naive_utc(),
        _ => return None,
    };
    Some(Reading::Sure(moment))
}

/// The parts of a date in words and numbers.
#[derive(Default)]
struct Parts<'a> {
    numbers: Vec<&'a str>,
    month: Option<u32>,
    time: Option<NaiveTime>,
    offset: TimeDelta,
    afternoon: Option<bool>,
}

fn read_words(text: &str) -> Option<Reading> {
    let mut parts = Parts::default();
    let (date, rest) = match text.find('T') {
        Some(at)
            if text
                .get(..at)
                .is_some_and(|head| head.ends_with(|last: char| last.is_ascii_digit())) =>
        {
            text.split_at(at)
        }
        _ => (text, ""),
    };
    let words = date.split([' ', ',']).chain(rest.trim_start_matches('T').split(' '));
    for word in words.filter(|word| !word.is_empty()) {
        parts.read_word(word)?;
    }
    parts.finish()
}

impl<'a> Parts<'a> {
    fn read_word(&mut self, word: &'a str) -> Option<()> {
        if word.contains(':') {
            return self.read_time(word);
        }
        if let Some(afternoon) = meridiem(word) {
            self.afternoon = Some(afternoon);
            return Some(());
        }
        for part in word.split(['-', '/', '.']).filter(|part| !part.is_empty()) {
            if part.bytes().all(|byte| byte.is_ascii_digit()) && part.len() <= 4 {
                self.numbers.push(part);
            } else if let Some(month) = month_of(part) {
                self.month = Some(month);
            } else if !is_weekday_or_zone(part) {
                return None;
            }
        }
        Some(())
    }

    /// `04:19:00`, `4:19PM`, `09:55:00.000Z`, `06:03:43+0000`.
    fn read_time(&mut self, word: &str) -> Option<()> {
        let lower = word.to_ascii_lowercase();
        let clock = match lower.find(['+', '-']) {
            Some(at) => {
                self.offset = read_offset(lower.get(at..)?)?;
                lower.get(..at)?
            }
            None => lower.trim_end_matches('z'),
        };
        let digits = clock.trim_end_matches(['a', 'p', 'm']);
        if digits.len() < clock.len() {
            self.afternoon = Some(clock.contains('p'));
        }
        self.time = Some(clock_time(digits)?);
        Some(())
    }

    fn finish(self) -> Option<Reading> {
        let time = self.time.unwrap_or(NaiveTime::MIN);
        let time = match self.afternoon {
            Some(afternoon) => twelve_hours(time, afternoon)?,
            None => time,
        };
        let sure = |year: i32, month: u32, day: u32| {
            let moment = NaiveDate::from_ymd_opt(year, month, day)?.and_time(time);
            moment.checked_sub_signed(self.offset).map(Reading::Sure)
        };
        match (self.month, self.numbers.as_slice()) {
            (Some(month), [day, year]) if day.len() <= 2 => sure(full_year(year)?, month, day.parse().ok()?),
            (Some(month), [year, day]) if year.len() == 4 => sure(year.parse().ok()?, month, day.parse().ok()?),
            (None, [year, month, day]) if year.len() == 4 => {
                sure(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?)
            }
            (None, [first, second, year]) => Some(Reading::Numeric {
                first: first.parse().ok()?,
                second: second.parse().ok()?,
                year: full_year(year)?,
                time,
                twelve_hours: self.afternoon.is_some(),
            }),
            _ => None,
        }
    }
}

/// The time of day in a cell of its own: `13:20:00`, `1:20 PM`, `1320`.
fn read_clock(text: &str) -> Option<NaiveTime> {
    let text = text.trim();
    if let (3 | 4, Ok(number)) = (text.len(), text.parse::<u32>()) {
        return NaiveTime::from_hms_opt(number / 100, number % 100, 0);
    }
    let mut parts = Parts::default();
    for word in text.split(' ') {
        parts.read_word(word)?;
    }
    match parts.afternoon {
        Some(afternoon) => twelve_hours(parts.time?, afternoon),
        None => parts.time,
    }
}

fn clock_time(digits: &str) -> Option<NaiveTime> {
    let mut fields = digits.split('.').next()?.split(':').map(str::parse::<u32>);
    let hour = fields.next()?.ok()?;
    let minute = fields.next()?.ok()?;
    let second = fields.next().unwrap_or(Ok(0)).ok()?;
    NaiveTime::from_hms_opt(hour, minute, second)
}

fn read_offset(text: &str) -> Option<TimeDelta> {
    let negative = text.starts_with('-');
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    let number: i64 = digits.parse().ok()?;
    let minutes = match digits.len() {
        2 => number * 60,
        4 => number / 100 * 60 + number % 100,
        _ => return None,
    };
    TimeDelta::try_minutes(if negative { -minutes } else { minutes })
}

fn meridiem(word: &str) -> Option<bool> {
    match word.to_ascii_lowercase().as_str() {
        "am" | "a.m." => Some(false),
        "pm" | "p.m." => Some(true),
        _ => None,
    }
}

fn twelve_hours(time: NaiveTime, afternoon: bool) -> Option<NaiveTime> {
    use chrono::Timelike;
    let hour = match (time.hour(), afternoon) {
        (12, false) => 0,
        (12, true) => 12,
        (hour @ 0..12, true) => hour + 12,
        (hour, _) => hour,
    };
    time.with_hour(hour)
}

/// Two digits are 1970 to 2069.
fn full_year(text: &str) -> Option<i32> {
    let year: i32 = text.parse().ok()?;
    match text.len() {
        4 => Some(year),
        2 if year < 70 => Some(2000 + year),
        2 => Some(1900 + year),
        _ => None,
    }
}

fn month_of(word: &str) -> Option<u32> {
    const MONTHS: [&str; 12] = [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ];
    let word = word.to_lowercase();
    if word.len() < 3 {
        return None;
    }
    (1..)
        .zip(MONTHS)
        .find(|(_, month)| month.starts_with(&word))
        .map(|(number, _)| number)
}

/// Words that a printed date may hold and that say nothing more: `Thu`, `BST`, `UTC`.
fn is_weekday_or_zone(word: &str) -> bool {
    const DAYS: [&str; 7] = [
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
    ];
    let zone = (2..=4).contains(&word.len()) && word.bytes().all(|byte| byte.is_ascii_uppercase());
    zone || (3 <= word.len() && DAYS.iter().any(|day| day.starts_with(&word.to_lowercase())))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn utc(order: DateOrder, text: &str) -> String {
        match order.parse(text, None) {
            Ok(Some(time)) => time.to_utc().format("%Y-%m-%d %H:%M").to_string(),
            other => format!("{other:?}"),
        }
    }

    #[test]
    fn formats_of_vendors_are_read() {
        for (text, time) in [
            ("2025-05-05T10:08:00", "2025-05-05 10:08"),
            ("2025-05-05T10:08:00.000Z", "2025-05-05 10:08"),
            ("2019-07-07T06:03:43+0200", "2019-07-07 04:03"),
            ("2022-06-04", "2022-06-04 00:00"),
            ("20220604", "2022-06-04 00:00"),
            ("01/03/2019 04:19:00 PM", "2019-01-03 16:19"),
            ("1/3/19 12:05 AM", "2019-01-03 00:05"),
            ("25-Apr-15", "2015-04-25 00:00"),
            ("April 25, 2015", "2015-04-25 00:00"),
            ("Thu Apr 23 00:00:00 BST 2015", "2015-04-23 00:00"),
            ("1546532340", "2019-01-03 16:19"),
            ("1546532340.25", "2019-01-03 16:19"),
        ] {
            assert_eq!(utc(DateOrder::MonthFirst, text), time, "{text}");
        }
    }

    #[test]
    fn no_date_is_no_date() {
        for text in [
            "",
            "N/A",
            "1/1/1900",
            "1900-01-01 00:00:00",
            "01/01/1900 12:00:00 AM",
            "TBA",
        ] {
            assert_eq!(DateOrder::MonthFirst.parse(text, None), Ok(None), "{text}");
        }
        for text in ["soon", "13/13/2019", "2019-02-30", "1/2", "99:99"] {
            assert!(DateOrder::MonthFirst.parse(text, None).is_err(), "{text}");
        }
    }

    #[test]
    fn one_order_is_settled_per_column() {
        let infer = |values: &[&str]| DateOrder::infer(values.iter().copied());
        assert_eq!(infer(&["03/04/2019", "03/25/2019"]), DateOrder::MonthFirst);
        assert_eq!(infer(&["03/04/2019", "25.03.2019"]), DateOrder::DayFirst);
        assert_eq!(infer(&["03/04/2019 01:00 PM"]), DateOrder::MonthFirst);
        assert_eq!(infer(&["03/04/2019", "2019-03-25"]), DateOrder::Unclear);
        assert_eq!(infer(&["25/03/2019", "03/25/2019"]), DateOrder::Mixed);
        assert!(DateOrder::Unclear.parse("03/04/2019", None).is_err());
        assert_eq!(utc(DateOrder::Unclear, "04/04/2019"), "2019-04-04 00:00");
    }

    #[test]
    fn the_time_may_stand_in_a_cell_of_its_own() {
        let at = |time| {
            DateOrder::Unclear
                .parse("2022-06-04", Some(time))
                .map(|time| time.map(|time| time.to_string()))
        };
        assert_eq!(at("13:20:00"), Ok(Some("2022-06-04T13:20:00.000Z".to_owned())));
        assert_eq!(at("1320"), at("1:20 PM"));
        assert_eq!(at("N/A"), at("00:00"));
    }

    proptest! {
        #[test]
        fn any_text_is_read_or_refused(text in "\\PC{0,40}") {
            let _ = DateOrder::MonthFirst.parse(&text, Some(&text));
        }

        #[test]
        fn dates_come_back_in_every_format(seconds in 946_684_800_i64..2_000_000_000) {
            let time = Timestamp(seconds * 1000).to_utc();
            for (order, format) in [
                (DateOrder::Unclear, "%Y-%m-%d %H:%M:%S"),
                (DateOrder::Unclear, "%Y-%m-%dT%H:%M:%SZ"),
                (DateOrder::Unclear, "%d-%b-%y %H:%M:%S"),
                (DateOrder::MonthFirst, "%m/%d/%Y %I:%M:%S %p"),
                (DateOrder::DayFirst, "%d.%m.%Y %H:%M:%S"),
            ] {
                let text = time.format(format).to_string();
                prop_assert_eq!(order.parse(&text, None), Ok(Some(Timestamp(seconds * 1000))), "{}", text);
            }
        }
    }
}
