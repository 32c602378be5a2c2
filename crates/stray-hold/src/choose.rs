//! Which rules are about an animal: those of the place where it was found, in force on the day of its intake.

use std::cmp::{Ordering, Reverse};

use chrono::NaiveDate;

use crate::{
    facts::Facts,
    rule::{Precedence, Rule},
    trace::{Subject, Trace},
};

/// At most one rule for the city, the county, the region and the country each, in this order; none after one that
/// replaces those of larger places. The order of `rules` makes no difference.
///
/// Of several rules of one level, the most particular counts: first those that name species, then kinds of intakes, then
/// kinds of shelters; then the one in force since the latest day, then the one with the first id.
pub fn fitting<'a>(rules: &'a [Rule], facts: &Facts, intake_day: NaiveDate, trace: &mut Trace) -> Vec<&'a Rule> {
    let here = rules.iter().filter(|rule| rule.jurisdiction.contains(&facts.found_in));
    let mut here: Vec<&Rule> = here.collect();
    here.sort_by(|one, other| most_particular_first(one, other));
    let mut chosen: Vec<&Rule> = Vec::new();
    for rule in here {
        let refusal = misfit(rule, facts, intake_day).or_else(|| passed_over(rule, chosen.last().copied()));
        let effect = refusal.unwrap_or_else(|| {
            chosen.push(rule);
            format!("fits: \"{}\", for {}", rule.name, rule.jurisdiction)
        });
        trace.tell(Subject::Rule, &rule.id, effect);
    }
    chosen
}

fn most_particular_first(one: &Rule, other: &Rule) -> Ordering {
    let key = |rule: &Rule| {
        let names = (
            !rule.species.is_empty(),
            !rule.intake_kinds.is_empty(),
            !rule.applies_to.is_empty(),
        );
        Reverse((rule.jurisdiction.level(), names, rule.effective_from))
    };
    key(one).cmp(&key(other)).then_with(|| one.id.cmp(&other.id))
}

/// Why a rule of the place is not about this animal.
fn misfit(rule: &Rule, facts: &Facts, intake_day: NaiveDate) -> Option<String> {
    if !rule.species.is_empty() && !rule.species.contains(&facts.species) {
        return Some(format!("is not about the species {}", facts.species));
    }
    if !rule.intake_kinds.is_empty() && !rule.intake_kinds.contains(&facts.intake_kind) {
        return Some(format!("is not about intakes of the kind {}", facts.intake_kind));
    }
    if !rule.applies_to.is_empty() && !rule.applies_to.contains(&facts.shelter) {
        return Some(String::from("does not bind this kind of shelter"));
    }
    if intake_day < rule.effective_from {
        return Some(format!("is in force from {} on only", rule.effective_from));
    }
    if let Some(last) = rule.effective_to.filter(|last| *last < intake_day) {
        return Some(format!("was in force until {last} only"));
    }
    let faults = rule.check();
    let fault = faults.first()?;
    Some(format!("has faults and is not used: {fault}"))
}

/// Why a rule that would fit does not count next to the one chosen before.
fn passed_over(rule: &Rule, before: Option<&Rule>) -> Option<String> {
    let before = before?;
    if before.precedence == Precedence::LocalReplaces && rule.jurisdiction.level() < before.jurisdiction.level() {
        return Some(format!("is replaced by {}", before.id));
    }
    let is_same = before.jurisdiction.level() == rule.jurisdiction.level();
    is_same.then(|| format!("gives way to {} of the same level", before.id))
}
