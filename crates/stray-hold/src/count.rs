//! Counts hours, calendar days and business days from an instant.

use std::{borrow::Cow, collections::BTreeSet};

use chrono::{DateTime, Datelike, NaiveDate, NaiveTime, TimeDelta, Utc, Weekday};
use chrono_tz::Tz;

use crate::{
    clock,
    facts::Facts,
    holidays::{BuiltIn, Holidays},
    rule::{EndsAt, Length, Rule, Unit, saturday_and_sunday},
    trace::{Subject, Trace},
};

/// What decides which days count, and when the last one ends.
#[derive(Debug)]
pub struct Counter<'a> {
    zone: Tz,
    weekend: Cow<'a, [Weekday]>,
    holidays: Cow<'a, Holidays>,
    closed: &'a BTreeSet<NaiveDate>,
    excludes_start: bool,
    closes_at: Option<NaiveTime>,
}

/// A count that came to its end.
#[derive(Debug)]
pub struct Count {
    /// Where it started.
    pub start: DateTime<Utc>,
    /// Where it ended.
    pub end: DateTime<Utc>,
    /// What was counted.
    pub length: Length,
    /// The days from that of the start to the last; none if hours were counted.
    days: Vec<(NaiveDate, Option<Uncounted>)>,
}

/// Why a day does not count.
#[derive(Debug)]
enum Uncounted {
    DayOfStart,
    LeftOut,
    Weekend,
    Holiday { name: String, is_observed: bool },
    Closed,
}

impl<'a> Counter<'a> {
    /// Counts as a rule says.
    pub fn by_rule(rule: &'a Rule, facts: &'a Facts) -> Self {
        let closes_at = match rule.ends_at {
            EndsAt::EndOfDay => None,
            EndsAt::Closing => facts.opening.closes_at.filter(|time| *time != NaiveTime::MIN),
        };
        Self {
            zone: facts.zone,
            weekend: Cow::Borrowed(&rule.weekend),
            holidays: Cow::Borrowed(&rule.holidays),
            closed: &facts.closed_days,
            excludes_start: rule.exclude_day_of_start,
            closes_at,
        }
    }

    /// Counts as [`Facts::default_hold`] says.
    pub fn by_default(facts: &'a Facts) -> Self {
        let no_holidays = Holidays {
            calendar: BuiltIn::None,
            also: Vec::new(),
        };
        Self {
            zone: facts.zone,
            weekend: Cow::Owned(saturday_and_sunday()),
            holidays: Cow::Owned(no_holidays),
            closed: &facts.closed_days,
            excludes_start: true,
            closes_at: None,
        }
    }

    /// Counts a length from an instant. The end is never before the start, and a later start never gives an earlier end.
    pub fn count(&self, start: DateTime<Utc>, length: Length) -> Count {
        let (end, days) = match length.unit {
            _ if length.n == 0 => (start, Vec::new()),
            Unit::Hours => (hours_after(start, length.n), Vec::new()),
            Unit::CalendarDays | Unit::BusinessDays => self.count_days(start, length),
        };
        Count {
            start,
            end,
            length,
            days,
        }
    }

    fn count_days(&self, start: DateTime<Utc>, length: Length) -> (DateTime<Utc>, Vec<(NaiveDate, Option<Uncounted>)>) {
        let first = clock::day_of(self.zone, start);
        let (mut last, mut left, mut days) = (first, length.n, Vec::new());
        for day in first.iter_days() {
            let uncounted = self.uncounted(day, first, length.unit);
            left -= u16::from(uncounted.is_none());
            days.push((day, uncounted));
            last = day;
            if left == 0 {
                break;
            }
        }
        (self.close_of(last, start), days)
    }

    fn uncounted(&self, day: NaiveDate, first: NaiveDate, unit: Unit) -> Option<Uncounted> {
        if self.excludes_start && day == first {
            return Some(Uncounted::DayOfStart);
        }
        if !clock::exists(self.zone, day) {
            return Some(Uncounted::LeftOut);
        }
        if unit == Unit::CalendarDays {
            return None;
        }
        if self.weekend.contains(&day.weekday()) {
            return Some(Uncounted::Weekend);
        }
        let holiday = self.holidays.free_day(day).map(|free| Uncounted::Holiday {
            name: free.name,
            is_observed: free.is_observed,
        });
        holiday.or_else(|| self.closed.contains(&day).then_some(Uncounted::Closed))
    }

    fn close_of(&self, last: NaiveDate, start: DateTime<Utc>) -> DateTime<Utc> {
        let closing = self.closes_at.map(|time| clock::time_on(self.zone, last, time));
        closing
            .filter(|closing| start < *closing)
            .unwrap_or_else(|| clock::end_of(self.zone, last))
    }

    /// Tells of each day that does not count, and of each business day that does.
    pub fn tell(&self, count: &Count, trace: &mut Trace) {
        let mut number = 0;
        for (day, uncounted) in &count.days {
            let effect = match uncounted {
                Some(reason) => reason.sentence(),
                None if count.length.unit == Unit::BusinessDays => {
                    number += 1;
                    format!("is day {number} of {}", count.length.n)
                }
                None => continue,
            };
            trace.tell(Subject::Day, clock::written_day(*day), effect);
        }
        let effect = format!("is the end of {} from the start", count.length);
        trace.tell(Subject::End, clock::written(self.zone, count.end), effect);
    }
}

impl Uncounted {
    fn sentence(&self) -> String {
        match self {
            Self::DayOfStart => String::from("is the day of the start and does not count"),
            Self::LeftOut => String::from("was left out of the calendar here and does not count"),
            Self::Weekend => String::from("is a weekend and does not count"),
            Self::Holiday { name, is_observed } => {
                let verb = if *is_observed { "is free for" } else { "is" };
                format!("{verb} {name} and does not count")
            }
            Self::Closed => String::from("does not count, as the shelter is closed"),
        }
    }
}

fn hours_after(start: DateTime<Utc>, hours: u16) -> DateTime<Utc> {
    start
        .checked_add_signed(TimeDelta::hours(i64::from(hours)))
        .unwrap_or(DateTime::<Utc>::MAX_UTC)
}
