//! Parses the text of a date, without deciding which of two numbers is the month.

use chrono::{NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, Timelike};

/// Content of one cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Reading {
    /// Blank, `N/A`, or 1900-01-01, which some systems write for "no date".
    Nothing,
    /// Local date and time.
    Sure(NaiveDateTime),
    /// An instant, given with its offset or in seconds since 1970.
    Instant(NaiveDateTime),
    /// Two numbers, either of which may be the month.
    Numeric {
        first: u32,
        second: u32,
        year: i32,
        time: NaiveTime,
        twelve_hours: bool,
    },
    Nonsense,
}

/// Whether a cell says that there is nothing.
pub(crate) fn is_blank(text: &str) -> bool {
    let blank = ["", "n/a", "na", "null", "none", "tba", "tbd", "unknown", "-"];
    blank.iter().any(|word| text.eq_ignore_ascii_case(word))
}

/// Reads a cell in any format.
pub(crate) fn read(text: &str) -> Reading {
    let text = text.trim();
    if text == "0" || is_blank(text) {
        return Reading::Nothing;
    }
    let reading = read_number(text)
        .or_else(|| read_words(text))
        .unwrap_or(Reading::Nonsense);
    match reading {
        Reading::Sure(moment) | Reading::Instant(moment) if is_no_date(moment.date()) => Reading::Nothing,
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

/// `20190325`, or seconds (possibly with a fraction) or milliseconds since 1970.
fn read_number(text: &str) -> Option<Reading> {
    let whole = text.split('.').next()?;
    if !text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.') || 1 < text.matches('.').count() {
        return None;
    }
    let number: i64 = whole.parse().ok()?;
    let moment = match whole.len() {
        8 if whole == text => {
            let day = NaiveDate::parse_from_str(text, "%Y%m%d").ok()?;
            return Some(Reading::Sure(day.and_time(NaiveTime::MIN)));
        }
        9..=11 => chrono::DateTime::from_timestamp(number, 0)?.naive_utc(),
        13 => chrono::DateTime::from_timestamp_millis(number)?.naive_utc(),
        _ => return None,
    };
    Some(Reading::Instant(moment))
}

/// The parts of a date written in words and numbers.
#[derive(Default)]
struct Parts<'a> {
    numbers: Vec<&'a str>,
    month: Option<u32>,
    time: Option<NaiveTime>,
    offset: Option<TimeDelta>,
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
        if self.time.is_some() && word.starts_with(['+', '-']) {
            self.offset = Some(read_offset(word)?);
            return Some(());
        }
        if self.time.is_some() && matches!(word, "UTC" | "GMT" | "Z") {
            self.offset = Some(TimeDelta::zero());
            return Some(());
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
        let clock = match word.find(['+', '-']) {
            Some(at) => {
                self.offset = Some(read_offset(word.get(at..)?)?);
                word.get(..at)?
            }
            None => match word.strip_suffix(['z', 'Z']) {
                Some(clock) => {
                    self.offset = Some(TimeDelta::zero());
                    clock
                }
                None => word,
            },
        };
        let digits = clock.trim_end_matches(['a', 'p', 'm', 'A', 'P', 'M']);
        if digits.len() < clock.len() {
            self.afternoon = Some(clock.contains(['p', 'P']));
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
            match self.offset {
                Some(offset) => moment.checked_sub_signed(offset).map(Reading::Instant),
                None => Some(Reading::Sure(moment)),
            }
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

/// The time of day in a separate cell: `13:20:00`, `1:20 PM`, `1320`.
pub(crate) fn read_clock(text: &str) -> Option<NaiveTime> {
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
    let is_one_of = |forms: [&str; 2]| forms.iter().any(|form| word.eq_ignore_ascii_case(form));
    match is_one_of(["pm", "p.m."]) {
        false if !is_one_of(["am", "a.m."]) => None,
        afternoon => Some(afternoon),
    }
}

fn twelve_hours(time: NaiveTime, afternoon: bool) -> Option<NaiveTime> {
    let hour = match (time.hour(), afternoon) {
        (12, false) => 0,
        (12, true) => 12,
        (hour @ 0..12, true) => hour + 12,
        (hour, _) => hour,
    };
    time.with_hour(hour)
}

/// Two digits mean 1970 to 2069.
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

/// Words in a printed date that add nothing: `Thu`, `BST`, `UTC`.
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
