//! What is wrong with rules, and how they are read.

use super::{all_week, day, length, rule};
use crate::{
    Confidence, CountsFrom, Exemption, Holiday, HolidayDate, IdentifiedDuration, LoadError, NoticeDuration, Observed,
    OpenWhen, Reduction, Rule, Unit, rules_from_json,
};

/// The only fault after a change, written out.
fn fault(change: impl FnOnce(&mut Rule)) -> String {
    let mut tx = rule("tx");
    change(&mut tx);
    let faults: Vec<String> = tx.check().iter().map(ToString::to_string).collect();
    assert_eq!(faults.len(), 1, "{faults:?}");
    faults.concat()
}

fn holiday(on: HolidayDate) -> Holiday {
    Holiday {
        name: String::from("Sweetie's Day"),
        on,
        observed: Observed::OnTheDay,
        since: Some(2026),
    }
}

#[test]
fn a_whole_rule_has_no_faults() {
    assert_eq!(rule("tx").check(), []);
}

#[test]
fn each_fault_names_its_field_the_limit_and_what_to_do() {
    assert_eq!(
        fault(|rule| rule.base_duration.n = 400),
        "base_duration.n has 400 days; at most 365 are allowed: shorten it"
    );
    assert_eq!(
        fault(|rule| rule.owner_only_window = Some(length(9_000, Unit::Hours))),
        "owner_only_window.n has 9000 hours; at most 8760 are allowed: shorten it"
    );
    assert_eq!(
        fault(|rule| rule.jurisdiction.country = String::from("usa")),
        "jurisdiction.country must be two upper-case letters: write the ISO 3166-1 code, such as US"
    );
    assert_eq!(
        fault(|rule| rule.exemptions = vec![Exemption::UnderAgeWeeks(53)]),
        "exemptions.0 has 53 weeks; 1 to 52 are allowed: change the number"
    );
    assert_eq!(
        fault(|rule| rule.species = [String::from("Dog")].into()),
        "species has \"Dog\"; a word is 1 to 40 lower-case letters and underscores: rewrite it"
    );
}

#[test]
fn names_places_and_sources_are_checked() {
    assert!(fault(|rule| rule.id = String::from("TX 1")).starts_with("id may have"));
    assert!(fault(|rule| rule.name = String::from(" ")).starts_with("name is empty"));
    let cities = |rule: &mut Rule| {
        rule.jurisdiction.region = None;
        rule.jurisdiction.city = Some(String::from("Austin"));
    };
    assert!(fault(cities).starts_with("jurisdiction.city is given without its region"));
    assert!(fault(|rule| rule.effective_to = Some(day("1979-12-31"))).starts_with("effective_to is before"));
    assert!(fault(|rule| rule.source_url = Some(String::from("law.example"))).starts_with("source_url must start"));
    assert!(fault(|rule| rule.confidence = Confidence::Confirmed).starts_with("confidence may only be"));
    assert!(fault(|rule| rule.note = Some("a".repeat(1_001))).starts_with("note has 1001 characters"));
}

#[test]
fn days_off_are_checked() {
    assert!(fault(|rule| rule.weekend = all_week()).starts_with("weekend has 7 days"));
    let wrong = [
        HolidayDate::Date { month: 2, day: 30 },
        HolidayDate::Date { month: 13, day: 1 },
        HolidayDate::Nth {
            n: 5,
            weekday: chrono::Weekday::Mon,
            month: 3,
        },
        HolidayDate::Nth {
            n: 0,
            weekday: chrono::Weekday::Mon,
            month: 3,
        },
    ];
    for on in wrong {
        let fault = fault(|rule| rule.holidays.also = vec![holiday(on)]);
        assert!(fault.starts_with("holidays.also.0.on is no day"), "{fault}");
    }
    let leap = holiday(HolidayDate::Date { month: 2, day: 29 });
    assert!(fault(|rule| rule.holidays.also = vec![leap; 61]).starts_with("holidays.also has 61 holidays"));
}

#[test]
fn lengths_that_could_never_count_and_rows_told_twice_are_faults() {
    let identified = IdentifiedDuration {
        n: 2,
        unit: Unit::BusinessDays,
        counts_from: CountsFrom::Impound,
    };
    assert!(fault(|rule| rule.identified_duration = Some(identified)).starts_with("identified_duration is shorter"));
    let reduction = |n| Reduction {
        condition: OpenWhen::OpenEvening,
        n,
        unit: Unit::BusinessDays,
    };
    assert!(fault(|rule| rule.reduced_if = vec![reduction(3)]).starts_with("reduced_if.0 is not shorter"));
    let twice = vec![reduction(2), reduction(1)];
    assert!(fault(|rule| rule.reduced_if = twice).starts_with("reduced_if.1 names a condition a second time"));
    let notice = NoticeDuration {
        method: String::from("mail"),
        n: 9,
        unit: Unit::CalendarDays,
        counts_from: None,
    };
    let twice = vec![notice.clone(), notice];
    assert!(fault(|rule| rule.by_notice_method = twice).starts_with("by_notice_method.1 names a method"));
    let twice = vec![Exemption::Feral, Exemption::Feral];
    assert!(fault(|rule| rule.exemptions = twice).starts_with("exemptions.1 is listed twice"));
}

fn json(rules: &[Rule]) -> String {
    serde_json::to_string(rules).expect("rules can be written")
}

#[test]
fn a_rule_reads_back_as_it_was_written() {
    let mut tx = rule("tx");
    tx.exemptions = vec![Exemption::UnderAgeWeeks(8), Exemption::Feral];
    let last_friday = HolidayDate::Last {
        weekday: chrono::Weekday::Fri,
        month: 3,
    };
    tx.holidays.also = vec![holiday(last_friday), holiday(HolidayDate::Date { month: 4, day: 21 })];

    let read = rules_from_json(&json(std::slice::from_ref(&tx))).expect("the rule has no faults");

    assert_eq!(read, [tx]);
}

#[test]
fn unknown_fields_are_refused_at_every_depth() {
    let known = json(&[rule("tx")]);
    let wrong = [
        known.replacen("\"name\":", "\"nickname\":\"x\",\"name\":", 1),
        known.replacen("\"n\":3", "\"n\":3,\"m\":4", 1),
        known.replacen("\"country\":", "\"planet\":\"Earth\",\"country\":", 1),
    ];
    for text in wrong {
        assert_ne!(text, known);
        assert!(matches!(rules_from_json(&text), Err(LoadError::Json(_))), "{text}");
    }
}

#[test]
fn one_wrong_rule_refuses_them_all() {
    let mut faulty = rule("faulty");
    faulty.name.clear();
    let refused = rules_from_json(&json(&[rule("tx"), faulty])).expect_err("a rule has faults");
    assert_eq!(
        refused.to_string(),
        "rule faulty cannot be used: name is empty: fill it in"
    );

    let refused = rules_from_json(&json(&[rule("tx"), rule("tx")])).expect_err("an id comes twice");
    assert!(matches!(refused, LoadError::SameId { .. }));
}
