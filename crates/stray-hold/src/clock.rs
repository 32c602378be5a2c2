//! Local days as stretches of time: which day an instant belongs to, and when a day is over.
//!
//! Days follow each other without gaps or overlaps, in every zone. A day is over at the last instant at which the clocks
//! go from it to a later date: where clocks are set back over midnight, that is the second midnight. Instants that
//! chrono cannot tell the local time of, hundreds of thousands of years away, count as the nearest that it can.

use chrono::{DateTime, LocalResult, NaiveDate, NaiveDateTime, NaiveTime, Offset, TimeDelta, TimeZone, Utc};
use chrono_tz::Tz;

/// The local day that an instant belongs to. A later instant never belongs to an earlier day.
pub fn day_of(zone: Tz, instant: DateTime<Utc>) -> NaiveDate {
    let shown = local(zone, instant).date();
    match shown.pred_opt() {
        Some(before) if instant < end_of(zone, before) => before,
        _ => shown,
    }
}

/// The instant at which a local day is over, which is the first of the next one.
pub fn end_of(zone: Tz, day: NaiveDate) -> DateTime<Utc> {
    let Some(next) = day.succ_opt() else {
        return DateTime::<Utc>::MAX_UTC;
    };
    let midnight = next.and_time(NaiveTime::MIN);
    match zone.from_local_datetime(&midnight) {
        LocalResult::Single(instant) => instant.to_utc(),
        LocalResult::Ambiguous(first, second) => {
            let (first, second) = (first.to_utc(), second.to_utc());
            let before = second - TimeDelta::nanoseconds(1);
            if local(zone, before).date() <= day {
                second
            } else {
                first
            }
        }
        LocalResult::None => after_gap(zone, midnight),
    }
}

/// Whether the zone has the day at all: islands that changed sides of the date line left one out.
pub fn exists(zone: Tz, day: NaiveDate) -> bool {
    day.pred_opt()
        .is_none_or(|before| end_of(zone, before) < end_of(zone, day))
}

/// The instant at which clocks show this time of a day: the second if there are two, and the end of the gap if there
/// is none. Never after the end of the day.
pub fn time_on(zone: Tz, day: NaiveDate, time: NaiveTime) -> DateTime<Utc> {
    let clock = day.and_time(time);
    let instant = match zone.from_local_datetime(&clock) {
        LocalResult::Single(instant) | LocalResult::Ambiguous(_, instant) => instant.to_utc(),
        LocalResult::None => after_gap(zone, clock),
    };
    instant.min(end_of(zone, day))
}

/// The local time at an instant as people read it: `Tue 2026-11-24 09:30 CST`.
pub fn written(zone: Tz, instant: DateTime<Utc>) -> String {
    let offset = zone.offset_from_utc_datetime(&instant.naive_utc());
    format!("{} {offset}", local(zone, instant).format("%a %F %H:%M"))
}

/// A day as people read it: `Tue 2026-11-24`.
pub fn written_day(day: NaiveDate) -> String {
    day.format("%a %F").to_string()
}

fn local(zone: Tz, instant: DateTime<Utc>) -> NaiveDateTime {
    let clock = instant.naive_utc();
    let offset = zone.offset_from_utc_datetime(&clock).fix();
    let edge = if instant < DateTime::UNIX_EPOCH {
        NaiveDateTime::MIN
    } else {
        NaiveDateTime::MAX
    };
    clock.checked_add_offset(offset).unwrap_or(edge)
}

/// The instant at which clocks jump over this local time.
fn after_gap(zone: Tz, clock: NaiveDateTime) -> DateTime<Utc> {
    let shows_later = |second: i64| match DateTime::from_timestamp(second, 0) {
        Some(instant) => clock <= local(zone, instant),
        None => 0 < second,
    };
    let middle = clock.and_utc().timestamp();
    let (mut before, mut after) = (middle - WIDEST_GAP_SECONDS, middle + WIDEST_GAP_SECONDS);
    while before + 1 < after {
        let between = before.midpoint(after);
        if shows_later(between) {
            after = between;
        } else {
            before = between;
        }
    }
    DateTime::from_timestamp(after, 0).unwrap_or(DateTime::<Utc>::MAX_UTC)
}

/// How far from a local time read as UTC the jump over it can be: no offset is beyond 14 hours, and no jump is wider than
/// a day.
const WIDEST_GAP_SECONDS: i64 = 40 * 3_600;

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().expect("the date is well-formed")
    }

    fn instant(text: &str) -> DateTime<Utc> {
        text.parse().expect("the instant is well-formed")
    }

    fn end(zone: Tz, text: &str) -> String {
        end_of(zone, day(text)).to_rfc3339()
    }

    #[test]
    fn a_day_without_a_midnight_starts_when_the_clocks_jump() {
        // Beirut jumps from 00:00 to 01:00.
        assert_eq!(end(Tz::Asia__Beirut, "2022-03-26"), "2022-03-26T22:00:00+00:00");
        let before = instant("2022-03-26T21:59:59Z");
        assert_eq!(day_of(Tz::Asia__Beirut, before), day("2022-03-26"));
        assert_eq!(
            day_of(Tz::Asia__Beirut, before + TimeDelta::seconds(1)),
            day("2022-03-27")
        );
    }

    #[test]
    fn a_day_with_two_midnights_starts_at_the_first() {
        // Havana goes from 01:00 back to 00:00.
        assert_eq!(end(Tz::America__Havana, "2022-11-05"), "2022-11-06T04:00:00+00:00");
    }

    #[test]
    fn a_day_that_comes_back_for_an_hour_is_over_after_that() {
        // St John's went from 00:01 back to 23:01.
        assert_eq!(end(Tz::America__St_Johns, "2005-10-29"), "2005-10-30T03:30:00+00:00");
        let first_midnight = instant("2005-10-30T02:30:30Z");
        assert_eq!(day_of(Tz::America__St_Johns, first_midnight), day("2005-10-29"));
    }

    #[test]
    fn a_day_that_a_zone_left_out_does_not_exist() {
        assert!(!exists(Tz::Pacific__Apia, day("2011-12-30")));
        assert!(exists(Tz::Pacific__Apia, day("2011-12-29")) && exists(Tz::Pacific__Apia, day("2011-12-31")));
        assert_eq!(end(Tz::Pacific__Apia, "2011-12-29"), "2011-12-30T10:00:00+00:00");
    }

    #[test]
    fn a_closing_hour_that_the_clocks_leave_out_or_repeat_is_taken_late() {
        let at = |text: &str| {
            let time = NaiveTime::from_hms_opt(1, 30, 0).expect("the time is valid");
            time_on(Tz::Europe__London, day(text), time).to_rfc3339()
        };
        assert_eq!(at("2026-03-29"), "2026-03-29T01:00:00+00:00");
        assert_eq!(at("2026-10-25"), "2026-10-25T01:30:00+00:00");
        assert_eq!(at("2026-07-01"), "2026-07-01T00:30:00+00:00");
    }

    #[test]
    fn the_ends_of_time_are_days_too() {
        for zone in [Tz::UTC, Tz::Pacific__Kiritimati, Tz::America__Adak] {
            for instant in [DateTime::<Utc>::MIN_UTC, DateTime::<Utc>::MAX_UTC] {
                let day = day_of(zone, instant);
                assert!(instant <= end_of(zone, day), "{zone} {instant}");
                assert!(!written(zone, instant).is_empty());
            }
        }
    }
}
