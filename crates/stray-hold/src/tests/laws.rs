//! What is true of every rule, animal, zone and instant from 1990 to 2100.

use chrono::{DateTime, Days, NaiveTime, TimeDelta, Utc, Weekday};
use chrono_tz::{TZ_VARIANTS, Tz};
use proptest::{
    collection::{btree_set, vec},
    option,
    prelude::*,
    sample::{select, subsequence},
};

use super::{length, rule, sweetie, texas};
use crate::{
    BuiltIn, Computed, CountsFrom, EndsAt, Facts, Hold, Holiday, HolidayDate, Holidays, IdentifiedDuration, Length,
    NoticeDuration, Observed, OpenWhen, Opening, Precedence, Reduction, Rule, Unit, compute,
};

fn lengths() -> impl Strategy<Value = Length> {
    let units = select(vec![Unit::Hours, Unit::CalendarDays, Unit::BusinessDays]);
    (0..15_u16, units).prop_map(|(n, unit)| length(n, unit))
}

fn events() -> impl Strategy<Value = CountsFrom> {
    select(vec![
        CountsFrom::Impound,
        CountsFrom::OwnerNotified,
        CountsFrom::NoticeMailed,
        CountsFrom::NoticePosted,
    ])
}

fn holiday() -> impl Strategy<Value = Holiday> {
    let observed = select(vec![
        Observed::OnTheDay,
        Observed::FridayOrMonday,
        Observed::Monday,
        Observed::MondayIfSunday,
    ]);
    let weekday = select(super::all_week());
    let on =
        (0..3, 1..=12_u32, 1..=28_u32, 1..=4_u8, weekday).prop_map(|(shape, month, day, n, weekday)| match shape {
            0 => HolidayDate::Date { month, day },
            1 => HolidayDate::Nth { n, weekday, month },
            _ => HolidayDate::Last { weekday, month },
        });
    (on, observed).prop_map(|(on, observed)| Holiday {
        name: String::from("Sweetie's Day"),
        on,
        observed,
        since: None,
    })
}

fn days_off() -> impl Strategy<Value = (Vec<Weekday>, Holidays)> {
    let calendar = select(vec![BuiltIn::None, BuiltIn::UsFederal]);
    let holidays = (calendar, vec(holiday(), 0..4)).prop_map(|(calendar, also)| Holidays { calendar, also });
    (subsequence(super::all_week(), 0..=3), holidays)
}

/// Rules without faults: an identified animal has more time, and opening hours leave less.
fn rules() -> impl Strategy<Value = Rule> {
    let identified = option::of((lengths(), events()));
    let notice = option::of((lengths(), option::of(events())));
    let ends_at = select(vec![EndsAt::EndOfDay, EndsAt::Closing]);
    let windows = (option::of(lengths()), option::of(lengths()));
    let parts = (
        lengths(),
        events(),
        any::<bool>(),
        identified,
        notice,
        ends_at,
        windows,
        days_off(),
    );
    let rules = parts.prop_map(
        |(base, counts_from, exclude, identified, notice, ends_at, windows, days_off)| Rule {
            base_duration: length(base.n + 2, base.unit),
            counts_from,
            exclude_day_of_start: exclude,
            identified_duration: identified.map(|(length, counts_from)| IdentifiedDuration {
                n: length.n + 20,
                unit: length.unit,
                counts_from,
            }),
            by_notice_method: Vec::from_iter(notice.map(|(length, counts_from)| NoticeDuration {
                method: String::from("mail"),
                n: length.n,
                unit: length.unit,
                counts_from,
            })),
            reduced_if: vec![Reduction {
                condition: OpenWhen::OpenEvening,
                n: base.n,
                unit: base.unit,
            }],
            owner_only_window: windows.0,
            rescue_release_after: windows.1,
            ends_at,
            weekend: days_off.0,
            holidays: days_off.1,
            effective_from: super::day("1900-01-01"),
            ..rule("tx")
        },
    );
    rules.prop_filter("the rule has faults", |rule| rule.check().is_empty())
}

fn instants() -> impl Strategy<Value = DateTime<Utc>> {
    let first = super::instant("1990-01-01T00:00:00Z").timestamp();
    let last = super::instant("2100-12-31T23:59:59Z").timestamp();
    (first..=last).prop_map(|second| DateTime::from_timestamp(second, 0).expect("the instant is in range"))
}

fn zones() -> impl Strategy<Value = Tz> {
    select(&TZ_VARIANTS[..])
}

fn animals() -> impl Strategy<Value = Facts> {
    let minutes = || option::of(-2_000_i64..20_000);
    let events = (minutes(), minutes(), minutes(), minutes());
    let closes_at = option::of(0..86_400_u32);
    let opening = (any::<bool>(), any::<bool>(), closes_at).prop_map(|(weekend, evening, second)| Opening {
        weekend,
        evening,
        closes_at: second.and_then(|second| NaiveTime::from_num_seconds_from_midnight_opt(second, 0)),
    });
    let parts = (
        instants(),
        zones(),
        events,
        any::<bool>(),
        opening,
        btree_set(0..40_u64, 0..6),
    );
    parts.prop_map(|(impounded_at, zone, events, is_mailed, opening, closed)| {
        let after = |minutes: Option<i64>| Some(impounded_at + TimeDelta::minutes(minutes?));
        let first = impounded_at.with_timezone(&zone).date_naive();
        let mut facts = sweetie();
        facts.impounded_at = impounded_at;
        facts.zone = zone;
        facts.identified_at = after(events.0);
        facts.notice.owner_notified_at = after(events.1);
        facts.notice.mailed_at = after(events.2);
        facts.notice.posted_at = after(events.3);
        facts.notice.method = is_mailed.then(|| String::from("mail"));
        facts.opening = opening;
        facts.closed_days = closed.into_iter().map(|days| first + Days::new(days)).collect();
        facts
    })
}

fn answer(rule: &Rule, facts: &Facts) -> Computed {
    compute(std::slice::from_ref(rule), facts)
}

fn hold(rule: &Rule, facts: &Facts) -> Hold {
    answer(rule, facts).hold().cloned().expect("the animal is kept")
}

fn earliest(rule: &Rule, facts: &Facts) -> DateTime<Utc> {
    hold(rule, facts).end.earliest()
}

proptest! {
    #[test]
    fn nothing_is_over_before_it_starts(rule in rules(), facts in animals()) {
        let hold = hold(&rule, &facts);
        let end = hold.end.earliest();
        prop_assert_eq!(hold.starts_at, facts.impounded_at);
        prop_assert!(hold.starts_at <= hold.counted_from && hold.counted_from <= end);
        for window in [hold.owner_only_until, hold.rescue_release_at].into_iter().flatten() {
            prop_assert!(hold.counted_from <= window && window <= end);
        }
    }

    #[test]
    fn computing_twice_gives_the_same_answer_and_trace(rule in rules(), facts in animals()) {
        prop_assert_eq!(answer(&rule, &facts), answer(&rule, &facts));
    }

    #[test]
    fn a_further_holiday_never_shortens_a_hold(rule in rules(), facts in animals(), holiday in holiday()) {
        let mut more = rule.clone();
        more.holidays.also.push(holiday);
        prop_assert!(earliest(&rule, &facts) <= earliest(&more, &facts));
    }

    #[test]
    fn a_further_closed_day_never_shortens_a_hold(rule in rules(), facts in animals(), days in 0..40_u64) {
        let mut more = facts.clone();
        more.closed_days.insert(facts.impounded_at.date_naive() + Days::new(days));
        prop_assert!(earliest(&rule, &facts) <= earliest(&rule, &more));
    }

    #[test]
    fn a_later_intake_never_gives_an_earlier_end(rule in rules(), facts in animals(), seconds in 0..1_000_000_i64) {
        let mut later = facts.clone();
        later.impounded_at += TimeDelta::seconds(seconds);
        prop_assert!(earliest(&rule, &facts) <= earliest(&rule, &later));
    }

    #[test]
    fn a_later_notice_never_gives_an_earlier_end(rule in rules(), facts in animals(), seconds in 0..1_000_000_i64) {
        let mut later = facts.clone();
        let notice = &mut later.notice;
        for event in [&mut notice.owner_notified_at, &mut notice.mailed_at, &mut notice.posted_at] {
            *event = event.map(|event| event + TimeDelta::seconds(seconds));
        }
        prop_assert!(earliest(&rule, &facts) <= earliest(&rule, &later));
    }

    #[test]
    fn an_open_end_is_a_lower_bound(rule in rules(), facts in animals()) {
        let mut before = facts.clone();
        before.notice.owner_notified_at = None;
        before.notice.mailed_at = None;
        before.notice.posted_at = None;
        prop_assert!(earliest(&rule, &before) <= earliest(&rule, &facts));
    }

    #[test]
    fn identification_never_shortens_a_hold(rule in rules(), facts in animals(), since in instants()) {
        let (mut without, mut with) = (facts.clone(), facts);
        without.identified_at = None;
        with.identified_at = Some(since);
        prop_assert!(earliest(&rule, &without) <= earliest(&rule, &with));
        let is_open = |facts| hold(&rule, facts).end.known().is_none();
        prop_assert!(!is_open(&without) || is_open(&with));
    }

    #[test]
    fn hours_are_exact(hours in 0..=200_u16, facts in animals(), exclude in any::<bool>()) {
        let mut tx = rule("tx");
        tx.base_duration = length(hours, Unit::Hours);
        tx.exclude_day_of_start = exclude;
        tx.ends_at = EndsAt::Closing;
        tx.effective_from = super::day("1900-01-01");
        prop_assert_eq!(earliest(&tx, &facts), facts.impounded_at + TimeDelta::hours(i64::from(hours)));
    }

    #[test]
    fn a_local_rule_that_does_not_replace_never_shortens(state in rules(), city in rules(), facts in animals()) {
        let mut city = city;
        city.id = String::from("city");
        city.jurisdiction = texas(None, Some("Austin"));
        let both = compute(&[state.clone(), city.clone()], &facts);
        let end = both.hold().expect("the animal is kept").end;
        prop_assert_eq!(end.earliest(), earliest(&state, &facts).max(earliest(&city, &facts)));

        city.precedence = Precedence::LocalReplaces;
        let replaced = compute(&[state, city.clone()], &facts);
        prop_assert_eq!(replaced.hold().cloned(), Some(hold(&city, &facts)));
    }

    #[test]
    fn rules_with_faults_and_default_lengths_of_any_size_do_no_harm(n in any::<u16>(), facts in animals()) {
        let mut tx = rule("tx");
        tx.base_duration.n = n;
        tx.weekend = super::all_week();
        let mut facts = facts;
        facts.default_hold = Some(length(n % 4_000, Unit::BusinessDays));
        let end = hold(&tx, &facts).end.known();
        prop_assert!(Some(facts.impounded_at) <= end);
    }
}

#[test]
fn the_ends_of_time_do_no_harm() {
    for instant in [DateTime::<Utc>::MIN_UTC, DateTime::<Utc>::MAX_UTC] {
        for zone in TZ_VARIANTS {
            for unit in [Unit::Hours, Unit::CalendarDays, Unit::BusinessDays] {
                let mut facts = sweetie();
                (facts.impounded_at, facts.zone) = (instant, zone);
                facts.default_hold = Some(length(3, unit));
                assert!(
                    facts.impounded_at <= hold(&rule("tx"), &facts).end.earliest(),
                    "{zone} {unit:?}"
                );
            }
        }
    }
}
