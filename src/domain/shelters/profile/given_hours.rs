//! Opening hours as somebody writes them.

use chrono::{Months, NaiveDate, TimeDelta, Weekday};
use entity::Timestamp;

use super::hours::{Exception, Span, WeeklySpan, minute_of};
use crate::kernel::{FieldCode, FieldError, text};

/// Maximum number of spans of a week.
const SPANS: usize = 50;
/// Maximum number of days that differ.
const EXCEPTIONS: usize = 100;
/// How far ahead they may lie.
const MONTHS_AHEAD: u32 = 24;
/// Maximum length of a note in characters.
const NOTE: usize = 200;

/// A span of every week.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GivenSpan {
    /// Day of the week.
    pub weekday: Weekday,
    /// Local time, `HH:MM`.
    pub opens: String,
    /// Local time after that, up to `24:00`.
    pub closes: String,
}

/// A day that differs from its week.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GivenException {
    /// Which day, `YYYY-MM-DD`: from today, at most two years ahead.
    pub date: String,
    /// Local time; missing if it is closed.
    pub opens: Option<String>,
    /// Local time after that; missing if it is closed.
    pub closes: Option<String>,
    /// Whether it is closed all day.
    pub closed: bool,
    /// Why, at most 200 characters.
    pub note: Option<String>,
}

/// The spans of a week, which do not overlap; every fault is told at its place.
pub(super) fn weekly(given: Vec<GivenSpan>, faults: &mut Vec<FieldError>) -> Vec<WeeklySpan> {
    const FIELD: &str = "hours";
    if SPANS < given.len() {
        faults.push(too_many(FIELD, given.len(), SPANS));
        return Vec::new();
    }
    let mut spans: Vec<WeeklySpan> = Vec::with_capacity(given.len());
    for (place, given) in given.into_iter().enumerate() {
        let Some(span) = span((FIELD, place), (&given.opens, &given.closes), faults) else {
            continue;
        };
        let is_of_that_day = |other: &&WeeklySpan| other.weekday == given.weekday;
        if spans
            .iter()
            .filter(is_of_that_day)
            .any(|other| other.span.overlaps(span))
        {
            faults.push(overlapping((FIELD, place)));
            continue;
        }
        let weekday = given.weekday;
        spans.push(WeeklySpan { weekday, span });
    }
    spans.sort_by_key(|weekly| (weekly.weekday.num_days_from_monday(), weekly.span.opens));
    spans
}

/// The days that differ; every fault is told at its place.
pub(super) fn exceptions(given: Vec<GivenException>, now: Timestamp, faults: &mut Vec<FieldError>) -> Vec<Exception> {
    const FIELD: &str = "hoursExceptions";
    if EXCEPTIONS < given.len() {
        faults.push(too_many(FIELD, given.len(), EXCEPTIONS));
        return Vec::new();
    }
    let mut kept: Vec<Exception> = Vec::with_capacity(given.len());
    for (place, given) in given.into_iter().enumerate() {
        let Some(exception) = exception((FIELD, place), &given, now, faults) else {
            continue;
        };
        let clashes = |other: &Exception| match (other.span, exception.span) {
            (Some(one), Some(span)) => one.overlaps(span),
            _ => true,
        };
        if kept.iter().filter(|other| other.date == exception.date).any(clashes) {
            faults.push(overlapping((FIELD, place)));
            continue;
        }
        kept.push(exception);
    }
    kept.sort_by_key(|exception| (exception.date, exception.span.map(|span| span.opens)));
    kept
}

fn exception(
    at: (&str, usize),
    given: &GivenException,
    now: Timestamp,
    faults: &mut Vec<FieldError>,
) -> Option<Exception> {
    let before = faults.len();
    let date = date(at, &given.date, now, faults);
    let span = match (given.closed, &given.opens, &given.closes) {
        (true, None, None) => None,
        (false, Some(opens), Some(closes)) => span(at, (opens, closes), faults),
        (true, ..) => {
            let message = "a day that is closed has no opens and closes: leave them out, or set closed to false";
            faults.push(fault(at, "closed", FieldCode::NotAllowed, message));
            None
        }
        (false, opens, _) => {
            let missing = if opens.is_none() { "opens" } else { "closes" };
            let message = "say when it opens and closes, or that it is closed";
            faults.push(fault(at, missing, FieldCode::Required, message));
            None
        }
    };
    let note = text::optional_line("note", given.note.as_deref(), NOTE);
    let note = note.map_err(|wrong| faults.push(fault(at, "note", wrong.code, &wrong.message)));
    match (date, note) {
        (Some(date), Ok(note)) if faults.len() == before => Some(Exception { date, span, note }),
        _ => None,
    }
}

fn date(at: (&str, usize), text: &str, now: Timestamp, faults: &mut Vec<FieldError>) -> Option<NaiveDate> {
    let Ok(date) = text.trim().parse::<NaiveDate>() else {
        let message = "this is no day of the calendar: write it like 2026-12-25";
        faults.push(fault(at, "date", FieldCode::Invalid, message));
        return None;
    };
    // The day that it still is where the sun goes down last.
    let today = (now.to_utc() - TimeDelta::hours(12)).date_naive();
    let last = today.checked_add_months(Months::new(MONTHS_AHEAD)).unwrap_or(today);
    if (today..=last).contains(&date) {
        return Some(date);
    }
    let message = format!("the day must be from today to {last}: leave out what is over");
    faults.push(fault(at, "date", FieldCode::OutOfRange, &message));
    None
}

fn span(at: (&str, usize), (opens, closes): (&str, &str), faults: &mut Vec<FieldError>) -> Option<Span> {
    let mut minute = |field, text| {
        let found = minute_of(text);
        if found.is_none() {
            let message = "this is no time of the day: write it in 24 hours, like 09:30";
            faults.push(fault(at, field, FieldCode::Invalid, message));
        }
        found
    };
    let (opens, closes) = (minute("opens", opens), minute("closes", closes));
    let (opens, closes) = (opens?, closes?);
    if opens < closes {
        return Some(Span { opens, closes });
    }
    let message = "it must close after it opens, at 24:00 at the latest: give what is past midnight to the next day";
    faults.push(fault(at, "closes", FieldCode::OutOfRange, message));
    None
}

fn overlapping(at: (&str, usize)) -> FieldError {
    let message = "this overlaps with another span of the same day: join the two, or correct one";
    fault(at, "opens", FieldCode::Conflict, message)
}

fn too_many(field: &str, given: usize, most: usize) -> FieldError {
    let message = format!("{field} has {given} entries; at most {most} are allowed: leave some out");
    FieldError::new(field, FieldCode::TooMany, message)
}

fn fault((list, place): (&str, usize), field: &str, code: FieldCode, message: &str) -> FieldError {
    FieldError {
        path: vec![list.to_owned(), place.to_string(), field.to_owned()],
        code,
        message: message.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn on(weekday: Weekday, opens: &str, closes: &str) -> GivenSpan {
        GivenSpan {
            weekday,
            opens: opens.to_owned(),
            closes: closes.to_owned(),
        }
    }

    fn paths(faults: &[FieldError]) -> Vec<String> {
        faults.iter().map(|fault| fault.path.join(".")).collect()
    }

    #[test]
    fn a_day_may_have_several_spans_that_touch() {
        let mut faults = Vec::new();
        let given = vec![
            on(Weekday::Mon, "13:00", "24:00"),
            on(Weekday::Mon, "09:00", "13:00"),
            on(Weekday::Sun, "10:00", "12:00"),
        ];
        let spans = weekly(given, &mut faults);

        assert_eq!(paths(&faults), Vec::<String>::new());
        let opens: Vec<u16> = spans.iter().map(|weekly| weekly.span.opens).collect();
        assert_eq!(opens, [540, 780, 600]);
    }

    #[test]
    fn every_fault_of_the_hours_is_told_at_its_place() {
        let mut faults = Vec::new();
        let given = vec![
            on(Weekday::Mon, "09:00", "12:00"),
            on(Weekday::Mon, "11:00", "13:00"),
            on(Weekday::Tue, "9 am", "25:00"),
            on(Weekday::Wed, "12:00", "12:00"),
        ];
        weekly(given, &mut faults);

        assert_eq!(
            paths(&faults),
            ["hours.1.opens", "hours.2.opens", "hours.2.closes", "hours.3.closes"]
        );
    }

    #[test]
    fn every_fault_of_the_exceptions_is_told_at_its_place() {
        // 2026-06-01, noon in Greenwich.
        let now = Timestamp(1_780_315_200_000);
        let day = |date: &str, opens: Option<&str>, closed| GivenException {
            date: date.to_owned(),
            opens: opens.map(str::to_owned),
            closes: opens.map(|_| "12:00".to_owned()),
            closed,
            note: None,
        };
        let mut faults = Vec::new();
        let given = vec![
            day("2026-06-01", Some("09:00"), false),
            day("2026-06-01", None, true),
            day("2026-05-31", None, true),
            day("2028-06-02", None, true),
            day("Christmas", None, true),
            day("2026-12-25", Some("09:00"), true),
            day("2026-12-26", None, false),
        ];
        let kept = exceptions(given, now, &mut faults);

        assert_eq!(kept.len(), 1);
        assert_eq!(
            paths(&faults),
            [
                "hoursExceptions.1.opens",
                "hoursExceptions.2.date",
                "hoursExceptions.3.date",
                "hoursExceptions.4.date",
                "hoursExceptions.5.closed",
                "hoursExceptions.6.opens",
            ]
        );
    }
}
