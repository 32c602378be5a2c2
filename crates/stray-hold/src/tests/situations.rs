//! One rule and one animal, in each situation that a rule can tell of.

use chrono::{NaiveTime, TimeDelta};
use chrono_tz::Tz;

use super::{day, end, instant, length, rule, sentences, sweetie};
use crate::{
    Basis, CountsFrom, EndsAt, Exemption, Facts, Flag, IdentifiedDuration, NoticeDuration, OpenWhen, Reduction, Rule,
    Unit, Verdict, compute,
};

fn end_by(rule: &Rule, facts: &Facts) -> String {
    end(&compute(std::slice::from_ref(rule), facts), facts.zone)
}

#[test]
fn weekends_holidays_and_closed_days_do_not_count_and_the_trace_says_why() {
    let mut facts = sweetie();
    facts.closed_days.insert(day("2026-11-27"));

    let computed = compute(&[rule("tx")], &facts);

    assert_eq!(
        sentences(&computed),
        [
            "Tue 2026-11-24 09:30 CST is when a dog was taken in (stray), found in Austin, Travis, TX, US",
            "tx fits: \"A rule\", for TX, US",
            "tx is applied",
            "Tue 2026-11-24 09:30 CST is when the count starts, with the intake",
            "3 business days is the base duration",
            "Tue 2026-11-24 is the day of the start and does not count",
            "Wed 2026-11-25 is day 1 of 3",
            "Thu 2026-11-26 is Thanksgiving Day and does not count",
            "Fri 2026-11-27 does not count, as the shelter is closed",
            "Sat 2026-11-28 is a weekend and does not count",
            "Sun 2026-11-29 is a weekend and does not count",
            "Mon 2026-11-30 is day 2 of 3",
            "Tue 2026-12-01 is day 3 of 3",
            "Wed 2026-12-02 00:00 CST is the end of 3 business days from the start",
            "tx has not been compared with the law: check the local law",
        ]
    );
    assert_eq!(end(&computed, facts.zone), "2026-12-02 00:00");
}

#[test]
fn the_day_of_the_start_counts_if_the_rule_does_not_leave_it_out() {
    let mut tx = rule("tx");
    tx.exclude_day_of_start = false;
    tx.base_duration = length(2, Unit::CalendarDays);

    assert_eq!(end_by(&tx, &sweetie()), "2026-11-26 00:00");
}

#[test]
fn hours_run_through_the_change_of_the_clocks() {
    let mut tx = rule("tx");
    tx.base_duration = length(48, Unit::Hours);
    let mut facts = sweetie();
    facts.impounded_at = instant("2026-10-31T15:00:00Z");

    assert_eq!(end_by(&tx, &facts), "2026-11-02 09:00");
}

#[test]
fn days_end_at_local_midnight_on_either_side_of_the_change_of_the_clocks() {
    let mut tx = rule("tx");
    tx.base_duration = length(1, Unit::CalendarDays);
    let mut facts = sweetie();
    facts.impounded_at = instant("2026-10-31T15:00:00Z");

    let computed = compute(&[tx], &facts);

    let hold = computed.hold().expect("Sweetie is kept");
    assert_eq!(hold.end.known(), Some(instant("2026-11-02T06:00:00Z")));
}

#[test]
fn a_day_that_the_calendar_left_out_does_not_count() {
    let mut tx = rule("tx");
    tx.base_duration = length(2, Unit::CalendarDays);
    let mut facts = sweetie();
    facts.zone = Tz::Pacific__Apia;
    facts.impounded_at = instant("2011-12-29T20:00:00Z");

    let computed = compute(&[tx], &facts);

    assert_eq!(end(&computed, facts.zone), "2012-01-02 00:00");
    let told = sentences(&computed);
    assert!(
        told.iter()
            .any(|step| step == "Fri 2011-12-30 was left out of the calendar here and does not count")
    );
}

#[test]
fn a_rule_may_end_when_the_shelter_closes() {
    let mut tx = rule("tx");
    tx.ends_at = EndsAt::Closing;
    tx.exclude_day_of_start = false;
    tx.base_duration = length(1, Unit::CalendarDays);
    let mut facts = sweetie();
    assert_eq!(end_by(&tx, &facts), "2026-11-25 00:00");

    facts.opening.closes_at = NaiveTime::from_hms_opt(18, 0, 0);
    assert_eq!(end_by(&tx, &facts), "2026-11-24 18:00");

    facts.impounded_at += TimeDelta::hours(9);
    assert_eq!(end_by(&tx, &facts), "2026-11-25 00:00");

    tx.exclude_day_of_start = true;
    assert_eq!(end_by(&tx, &facts), "2026-11-25 18:00");

    facts.opening.closes_at = Some(NaiveTime::MIN);
    assert_eq!(end_by(&tx, &facts), "2026-11-26 00:00");
}

fn seven_days_from_notice() -> Rule {
    let mut tx = rule("tx");
    tx.base_duration = length(5, Unit::CalendarDays);
    tx.identified_duration = Some(IdentifiedDuration {
        n: 7,
        unit: Unit::CalendarDays,
        counts_from: CountsFrom::OwnerNotified,
    });
    tx.by_notice_method = vec![NoticeDuration {
        method: String::from("mail"),
        n: 9,
        unit: Unit::CalendarDays,
        counts_from: Some(CountsFrom::NoticeMailed),
    }];
    tx
}

#[test]
fn an_identified_animal_is_kept_until_its_owner_was_told_and_has_had_time() {
    let tx = seven_days_from_notice();
    let mut facts = sweetie();
    assert_eq!(end_by(&tx, &facts), "2026-11-30 00:00");

    facts.identified_at = Some(facts.impounded_at + TimeDelta::hours(1));
    let computed = compute(std::slice::from_ref(&tx), &facts);
    assert_eq!(end(&computed, facts.zone), "2026-12-02 00:00?");
    let awaits = computed.hold().and_then(|hold| hold.end.awaits());
    assert_eq!(awaits, Some(CountsFrom::OwnerNotified));
    let told = sentences(&computed);
    assert!(
        told.iter()
            .any(|step| step == "tx keeps an identified animal 7 calendar days rather than 5 calendar days")
    );

    facts.notice.owner_notified_at = Some(instant("2026-11-25T18:00:00Z"));
    assert_eq!(end_by(&tx, &facts), "2026-12-03 00:00");

    facts.notice.method = Some(String::from("mail"));
    assert_eq!(end_by(&tx, &facts), "2026-12-04 00:00?");
    facts.notice.mailed_at = Some(instant("2026-11-26T18:00:00Z"));
    assert_eq!(end_by(&tx, &facts), "2026-12-06 00:00");
}

#[test]
fn the_way_of_notice_changes_the_base_duration_where_no_other_is_for_identified_animals() {
    let mut tx = seven_days_from_notice();
    tx.identified_duration = None;
    let mut facts = sweetie();
    facts.notice.method = Some(String::from("mail"));
    facts.notice.mailed_at = Some(facts.impounded_at);

    assert_eq!(end_by(&tx, &facts), "2026-12-04 00:00");
    facts.notice.method = Some(String::from("phone"));
    assert_eq!(end_by(&tx, &facts), "2026-11-30 00:00");
}

#[test]
fn a_notice_before_the_intake_counts_from_the_intake() {
    let mut tx = rule("tx");
    tx.base_duration = length(24, Unit::Hours);
    tx.counts_from = CountsFrom::NoticePosted;
    let mut facts = sweetie();
    facts.notice.posted_at = Some(facts.impounded_at - TimeDelta::days(3));

    assert_eq!(end_by(&tx, &facts), "2026-11-25 09:30");
}

#[test]
fn opening_hours_shorten_the_base_duration_to_the_shortest_that_applies() {
    let mut tx = rule("tx");
    let row = |condition, n| Reduction {
        condition,
        n,
        unit: Unit::BusinessDays,
    };
    tx.reduced_if = vec![row(OpenWhen::OpenWeekend, 2), row(OpenWhen::OpenEvening, 1)];
    let mut facts = sweetie();
    assert_eq!(end_by(&tx, &facts), "2026-12-01 00:00");

    facts.opening.weekend = true;
    assert_eq!(end_by(&tx, &facts), "2026-11-28 00:00");

    facts.opening.evening = true;
    assert_eq!(end_by(&tx, &facts), "2026-11-26 00:00");
}

#[test]
fn windows_are_counted_like_the_hold_and_are_over_with_it() {
    let mut tx = rule("tx");
    tx.owner_only_window = Some(length(1, Unit::BusinessDays));
    tx.rescue_release_after = Some(length(90, Unit::CalendarDays));

    let computed = compute(&[tx], &sweetie());

    let hold = computed.hold().expect("Sweetie is kept");
    assert_eq!(hold.owner_only_until, Some(instant("2026-11-26T06:00:00Z")));
    assert_eq!(hold.rescue_release_at, hold.end.known());
}

#[test]
fn each_exemption_is_about_its_own_animals() {
    let mut tx = rule("tx");
    let exempt = |rule: &Rule, facts: &Facts| match compute(std::slice::from_ref(rule), facts).verdict {
        Verdict::Exempt { exemption, .. } => Some(exemption),
        Verdict::Keep { .. } | Verdict::NotApplicable => None,
    };
    let cases = [
        (Exemption::IrremediablySuffering, Flag::IrremediablySuffering),
        (Exemption::Feral, Flag::Feral),
        (Exemption::OwnerSurrenderLitter, Flag::OwnerSurrenderLitter),
    ];
    for (exemption, flag) in cases {
        tx.exemptions = vec![exemption];
        let mut facts = sweetie();
        assert_eq!(exempt(&tx, &facts), None);
        facts.flags.insert(flag);
        assert_eq!(exempt(&tx, &facts), Some(exemption));
    }

    tx.exemptions = vec![Exemption::UnderAgeWeeks(8)];
    let mut facts = sweetie();
    assert_eq!(exempt(&tx, &facts), None);
    facts.age_weeks = Some(8);
    assert_eq!(exempt(&tx, &facts), None);
    facts.age_weeks = Some(7);
    assert_eq!(exempt(&tx, &facts), Some(Exemption::UnderAgeWeeks(8)));
}

#[test]
fn without_a_rule_the_shelter_decides() {
    let mut facts = sweetie();
    let computed = compute(&[], &facts);
    assert_eq!(computed.verdict, Verdict::NotApplicable);
    assert!(
        sentences(&computed)
            .iter()
            .any(|step| step.ends_with("check the local law"))
    );

    facts.default_hold = Some(length(3, Unit::BusinessDays));
    let computed = compute(&[], &facts);
    assert!(matches!(
        &computed.verdict,
        Verdict::Keep {
            by: Basis::ShelterDefault,
            ..
        }
    ));
    // The shelter's default knows no holidays: Thursday counts.
    assert_eq!(end(&computed, facts.zone), "2026-11-28 00:00");
    assert!(
        sentences(&computed)
            .iter()
            .any(|step| step.ends_with("check the local law"))
    );
}
