//! Which of several rules counts.

use chrono_tz::Tz;

use super::{day, end, length, rule, sentences, sweetie, texas};
use crate::{Basis, CountsFrom, Exemption, Facts, Flag, Precedence, Rule, ShelterKind, Unit, Verdict, compute};

fn days(id: &str, n: u16, county: Option<&str>, city: Option<&str>) -> Rule {
    Rule {
        jurisdiction: texas(county, city),
        base_duration: length(n, Unit::CalendarDays),
        ..rule(id)
    }
}

/// The id of the rule that counts, which the order of the rules does not change.
fn counting(rules: &[Rule], facts: &Facts) -> Option<String> {
    let computed = compute(rules, facts);
    let reversed: Vec<Rule> = rules.iter().rev().cloned().collect();
    assert_eq!(compute(&reversed, facts), computed);
    match computed.verdict {
        Verdict::Keep {
            by: Basis::Rule(id), ..
        }
        | Verdict::Exempt { rule: id, .. } => Some(id),
        _ => None,
    }
}

#[test]
fn the_rule_of_the_smallest_place_counts() {
    let state = days("state", 3, None, None);
    let county = days("county", 4, Some("Travis"), None);
    let city = days("city", 5, None, Some("Austin"));
    let elsewhere = days("elsewhere", 9, None, Some("Dallas"));
    let mut country = days("country", 2, None, None);
    country.jurisdiction.region = None;

    let all = [state, county, city, elsewhere, country];

    assert_eq!(counting(&all, &sweetie()).as_deref(), Some("city"));
    let mut facts = sweetie();
    facts.found_in.city = None;
    assert_eq!(counting(&all, &facts).as_deref(), Some("county"));
    facts.found_in.county = None;
    assert_eq!(counting(&all, &facts).as_deref(), Some("state"));
    facts.found_in.region = None;
    assert_eq!(counting(&all, &facts).as_deref(), Some("country"));
}

#[test]
fn a_shorter_local_rule_shortens_only_if_it_replaces() {
    let state = days("state", 5, None, None);
    let mut city = days("city", 3, None, Some("Austin"));
    assert_eq!(
        counting(&[state.clone(), city.clone()], &sweetie()).as_deref(),
        Some("state")
    );

    city.precedence = Precedence::LocalReplaces;
    assert_eq!(counting(&[state, city], &sweetie()).as_deref(), Some("city"));
}

#[test]
fn of_two_equally_long_rules_the_local_one_counts() {
    let both = [days("state", 5, None, None), days("city", 5, None, Some("Austin"))];

    assert_eq!(counting(&both, &sweetie()).as_deref(), Some("city"));
    let told = sentences(&compute(&both, &sweetie()));
    let reason = "city counts, as it keeps the animal at least as long as state";
    assert!(told.iter().any(|step| step == reason), "{told:#?}");
}

#[test]
fn the_trace_says_why_a_rule_of_the_place_was_passed_over() {
    let mut city = days("city", 3, None, Some("Austin"));
    city.precedence = Precedence::LocalReplaces;
    let twin = days("twin", 3, None, Some("Austin"));
    let mut cats = days("cats", 3, None, None);
    cats.species = [String::from("cat")].into();
    let elsewhere = days("elsewhere", 9, None, Some("Dallas"));

    let told = sentences(&compute(
        &[days("state", 5, None, None), cats, elsewhere, twin, city],
        &sweetie(),
    ));

    assert_eq!(
        told[1..5],
        [
            "city fits: \"A rule\", for Austin, TX, US",
            "twin gives way to city of the same level",
            "cats is not about the species dog",
            "state is replaced by city",
        ]
    );
}

#[test]
fn a_county_that_replaces_the_state_does_not_replace_the_city() {
    let state = days("state", 9, None, None);
    let mut county = days("county", 5, Some("Travis"), None);
    county.precedence = Precedence::LocalReplaces;
    let city = days("city", 3, None, Some("Austin"));

    assert_eq!(counting(&[state, county, city], &sweetie()).as_deref(), Some("county"));
}

#[test]
fn an_exemption_of_the_city_does_not_free_from_the_rule_of_the_state() {
    let state = days("state", 3, None, None);
    let mut city = days("city", 5, None, Some("Austin"));
    city.exemptions = vec![Exemption::Feral];
    let mut facts = sweetie();
    facts.flags.insert(Flag::Feral);

    assert_eq!(
        counting(&[state.clone(), city.clone()], &facts).as_deref(),
        Some("state")
    );

    city.precedence = Precedence::LocalReplaces;
    assert_eq!(counting(&[state, city], &facts).as_deref(), Some("city"));
}

#[test]
fn the_end_is_open_if_either_rule_waits() {
    let state = days("state", 5, None, None);
    let mut city = days("city", 3, None, Some("Austin"));
    city.counts_from = CountsFrom::NoticePosted;

    let computed = compute(&[state, city], &sweetie());

    assert_eq!(end(&computed, Tz::America__Chicago), "2026-11-30 00:00?");
}

#[test]
fn a_rule_counts_for_its_species_intakes_shelters_and_dates() {
    let fits = |change: fn(&mut Rule)| {
        let mut tx = rule("tx");
        change(&mut tx);
        counting(&[tx], &sweetie()).is_some()
    };
    assert!(fits(|rule| rule.species = [String::from("dog")].into()));
    assert!(!fits(|rule| rule.species = [String::from("cat")].into()));
    assert!(fits(|rule| rule.intake_kinds = [String::from("stray")].into()));
    assert!(!fits(|rule| rule.intake_kinds = [String::from("seized")].into()));
    assert!(fits(|rule| rule.applies_to = [ShelterKind::Public].into()));
    assert!(!fits(
        |rule| rule.applies_to = [ShelterKind::Private, ShelterKind::Contracted].into()
    ));
    assert!(fits(|rule| rule.effective_from = day("2026-11-24")));
    assert!(!fits(|rule| rule.effective_from = day("2026-11-25")));
    assert!(fits(|rule| rule.effective_to = Some(day("2026-11-24"))));
    assert!(!fits(|rule| rule.effective_to = Some(day("2026-11-23"))));
}

#[test]
fn the_day_of_intake_is_a_local_one() {
    let mut tx = rule("tx");
    tx.effective_to = Some(day("2026-11-24"));
    let mut facts = sweetie();
    facts.impounded_at = super::instant("2026-11-25T05:59:59Z");
    assert!(counting(std::slice::from_ref(&tx), &facts).is_some());

    facts.zone = Tz::America__New_York;
    assert!(counting(&[tx], &facts).is_none());
}

#[test]
fn of_one_level_the_more_particular_rule_counts_even_if_it_is_shorter() {
    let general = days("a-general", 9, None, None);
    let mut dogs = days("dogs", 3, None, None);
    dogs.species = [String::from("dog")].into();
    let mut newer = days("newer", 4, None, None);
    newer.effective_from = day("2020-01-01");

    assert_eq!(
        counting(&[general.clone(), dogs, newer.clone()], &sweetie()).as_deref(),
        Some("dogs")
    );
    assert_eq!(counting(&[general, newer], &sweetie()).as_deref(), Some("newer"));
}

#[test]
fn a_rule_with_faults_is_passed_over() {
    let mut tx = rule("tx");
    tx.weekend = super::all_week();

    let computed = compute(&[tx], &sweetie());

    assert_eq!(computed.verdict, Verdict::NotApplicable);
    let reason =
        "tx has faults and is not used: weekend has 7 days; at most 3 are allowed: leave business days in the week";
    assert!(sentences(&computed).iter().any(|step| step == reason));
}
