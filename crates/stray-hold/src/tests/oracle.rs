//! Business days counted a second time, by walking through the hold and looking at the clocks.

use std::collections::BTreeSet;

use chrono::{DateTime, Datelike, NaiveDate, TimeDelta, Utc};
use chrono_tz::{TZ_VARIANTS, Tz};
use proptest::{prelude::*, sample::select};

use super::{length, rule, sweetie};
use crate::{Unit, compute};

/// Monday is 0. The first of January 1970 was a Thursday.
fn weekday(date: NaiveDate) -> i64 {
    let days = date.signed_duration_since(NaiveDate::default()).num_days();
    (days + 3).rem_euclid(7)
}

fn is_fixed_holiday(date: NaiveDate) -> bool {
    match (date.month(), date.day()) {
        (1, 1) | (7, 4) | (11, 11) | (12, 25) => true,
        (6, 19) => 2021 <= date.year(),
        _ => false,
    }
}

fn is_business_day(date: NaiveDate) -> bool {
    let next_is = |days| is_fixed_holiday(date + TimeDelta::days(days));
    let moved = match (weekday(date), date.month(), date.day()) {
        (0, 1, 15..=21) => 1986 <= date.year(),
        (0, 2, 15..=21) | (0, 5, 25..=31) | (0, 9, 1..=7) | (0, 10, 8..=14) | (3, 11, 22..=28) => true,
        (0, ..) => next_is(-1),
        (4, ..) => next_is(1),
        _ => false,
    };
    weekday(date) < 5 && !moved && !is_fixed_holiday(date)
}

/// The local dates that clocks show between two instants, looked at every quarter of an hour.
fn dates(zone: Tz, start: DateTime<Utc>, end: DateTime<Utc>) -> BTreeSet<NaiveDate> {
    let mut dates = BTreeSet::new();
    let mut instant = start;
    while instant < end {
        dates.insert(instant.with_timezone(&zone).date_naive());
        instant += TimeDelta::minutes(15);
    }
    dates
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn n_business_days_contain_exactly_n_counted_days(
        quarter in 0..3_900_000_i64,
        zone in select(&TZ_VARIANTS[..]),
        n in 1..=10_u16,
        exclude in any::<bool>(),
    ) {
        let mut tx = rule("tx");
        tx.base_duration = length(n, Unit::BusinessDays);
        tx.exclude_day_of_start = exclude;
        tx.effective_from = super::day("1900-01-01");
        let mut facts = sweetie();
        facts.zone = zone;
        facts.impounded_at = super::instant("1990-01-01T00:00:00Z") + TimeDelta::minutes(15 * quarter);

        let computed = compute(&[tx], &facts);

        let end = computed.hold().and_then(|hold| hold.end.known()).expect("the end is known");
        let mut seen = dates(zone, facts.impounded_at, end);
        let last = seen.last().copied().expect("the hold is not empty");
        if exclude {
            seen.pop_first();
        }
        let counted = seen.iter().filter(|date| is_business_day(**date)).count();
        prop_assert_eq!(counted, usize::from(n));
        prop_assert!(is_business_day(last));
        prop_assert!(last < end.with_timezone(&zone).date_naive());
        prop_assert_eq!((end - TimeDelta::nanoseconds(1)).with_timezone(&zone).date_naive(), last);
    }
}
