//! The example rules, each applied to an animal.

use chrono_tz::Tz;

use super::{end, instant, sweetie};
use crate::{Computed, Confidence, EXAMPLES, Facts, compute, rules_from_json};

/// Sweetie, found in another state.
fn found_in(region: &str, zone: Tz) -> Facts {
    let mut facts = sweetie();
    facts.found_in.region = Some(region.to_owned());
    facts.zone = zone;
    facts
}

fn computed(facts: &Facts) -> Computed {
    let rules = rules_from_json(EXAMPLES).expect("the examples have no faults");
    compute(&rules, facts)
}

fn end_of(facts: &Facts) -> String {
    end(&computed(facts), facts.zone)
}

#[test]
fn no_example_claims_to_be_law() {
    for rule in rules_from_json(EXAMPLES).expect("the examples have no faults") {
        assert!(
            rule.id.starts_with("example-") && rule.name.starts_with("Example: "),
            "{}",
            rule.id
        );
        assert_eq!(rule.confidence, Confidence::Unverified, "{}", rule.id);
        assert!(
            rule.note.is_some_and(|note| note.contains("check the local law")),
            "{}",
            rule.id
        );
    }
}

#[test]
fn california_counts_six_business_days_or_four_with_late_hours() {
    let mut facts = found_in("CA", Tz::America__Los_Angeles);
    assert_eq!(end_of(&facts), "2026-12-04 00:00");

    facts.opening.evening = true;
    let computed = computed(&facts);
    assert_eq!(end(&computed, facts.zone), "2026-12-02 00:00");
    let hold = computed.hold().expect("Sweetie is kept");
    assert_eq!(hold.owner_only_until, Some(instant("2026-12-01T08:00:00Z")));
}

#[test]
fn new_york_counts_five_days_or_seven_or_nine_from_the_notice() {
    let mut facts = found_in("NY", Tz::America__New_York);
    assert_eq!(end_of(&facts), "2026-11-30 00:00");

    facts.identified_at = Some(facts.impounded_at);
    facts.notice.owner_notified_at = Some(facts.impounded_at);
    facts.notice.method = Some(String::from("in_person"));
    assert_eq!(end_of(&facts), "2026-12-02 00:00");

    facts.notice.method = Some(String::from("mail"));
    facts.notice.mailed_at = Some(facts.impounded_at);
    assert_eq!(end_of(&facts), "2026-12-04 00:00");
}

#[test]
fn texas_keeps_dogs_48_hours_and_cats_not_at_all() {
    let mut facts = sweetie();
    assert_eq!(end_of(&facts), "2026-11-26 09:30");

    facts.species = String::from("cat");
    assert_eq!(end_of(&facts), "2026-11-24 09:30");
}

#[test]
fn hawaii_is_the_shortest_and_missouri_the_longest() {
    assert_eq!(end_of(&found_in("HI", Tz::Pacific__Honolulu)), "2026-11-26 05:30");
    assert_eq!(end_of(&found_in("MO", Tz::America__Chicago)), "2026-12-05 00:00");
}

#[test]
fn an_answer_can_be_stored_and_read_again() {
    let computed = computed(&found_in("CA", Tz::America__Los_Angeles));

    let stored = serde_json::to_string(&computed).expect("an answer can be written");

    assert_eq!(
        serde_json::from_str::<Computed>(&stored).expect("it can be read"),
        computed
    );
    let step = r#"{"subject":"day","value":"Sat 2026-11-28","effect":"is a weekend and does not count"}"#;
    assert!(stored.contains(step), "{stored}");
}
