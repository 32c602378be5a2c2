//! From rules and facts to an answer with its reasons.

use crate::{
    choose::fitting,
    clock,
    computed::{Basis, Computed, End, Hold, Verdict},
    count::Counter,
    facts::Facts,
    rule::{Confidence, Disposition, Length, Rule},
    ruling::{Ruling, ruling},
    trace::{Subject, Trace},
};

/// Decides how long an animal is kept for its owner.
///
/// The rule of the smallest jurisdiction counts, unless that of a larger one keeps the animal longer and the smaller one
/// does not replace it. Where no rule fits, [`Facts::default_hold`] counts. The same rules and facts always give the same
/// answer and trace; nothing panics, whatever the rules and instants are, and rules with faults are passed over.
///
/// A later intake never gives an earlier end by the same rule and facts, and identification never shortens a hold.
pub fn compute(rules: &[Rule], facts: &Facts) -> Computed {
    let mut trace = Trace::default();
    let effect = format!(
        "is when a {} was taken in ({}), found in {}",
        facts.species, facts.intake_kind, facts.found_in
    );
    trace.tell(Subject::Intake, clock::written(facts.zone, facts.impounded_at), effect);

    let intake_day = clock::day_of(facts.zone, facts.impounded_at);
    let mut found: Option<(&Rule, Ruling)> = None;
    for rule in fitting(rules, facts, intake_day, &mut trace) {
        trace.tell(Subject::Rule, &rule.id, "is applied");
        let next = (rule, ruling(rule, facts, &mut trace));
        found = Some(match found {
            None => next,
            Some(local) => longer(local, next, &mut trace),
        });
    }
    let verdict = match (found, facts.default_hold) {
        (Some((rule, ruling)), _) => by_rule(rule, ruling, &mut trace),
        (None, Some(length)) => by_default(length, facts, &mut trace),
        (None, None) => {
            let effect = "fits, and the shelter has no default for such an animal: check the local law";
            trace.tell(Subject::Advice, "no rule", effect);
            Verdict::NotApplicable
        }
    };
    Computed {
        verdict,
        trace: trace.into_steps(),
    }
}

/// What counts of a local rule that does not replace and the one of a larger place: the one that keeps the animal longer,
/// the local one if both do so equally long. The end is open if that of either is.
fn longer<'a>(local: (&'a Rule, Ruling), larger: (&'a Rule, Ruling), trace: &mut Trace) -> (&'a Rule, Ruling) {
    let ids = (&local.0.id, &larger.0.id);
    let (chosen, other) = match (local, larger) {
        ((rule, Ruling::Keep(local)), (larger_rule, Ruling::Keep(larger))) => {
            let end = local.end.and(larger.end);
            let (chosen, other, hold) = if larger.end.earliest() <= local.end.earliest() {
                (rule, ids.1, local)
            } else {
                (larger_rule, ids.0, larger)
            };
            ((chosen, Ruling::Keep(Hold { end, ..hold })), other)
        }
        ((_, Ruling::Exempt(_)), larger @ (_, Ruling::Keep(_))) => (larger, ids.0),
        (local, (_, Ruling::Exempt(_))) => (local, ids.1),
    };
    let effect = format!("counts, as it keeps the animal at least as long as {other}");
    trace.tell(Subject::Precedence, &chosen.0.id, effect);
    chosen
}

fn by_rule(rule: &Rule, ruling: Ruling, trace: &mut Trace) -> Verdict {
    let trust = match rule.confidence {
        Confidence::Unverified => Some("has not been compared with the law: check the local law"),
        Confidence::ReadInSource | Confidence::Confirmed => None,
    };
    if let Some(effect) = trust {
        trace.tell(Subject::Advice, &rule.id, effect);
    }
    match ruling {
        Ruling::Exempt(exemption) => Verdict::Exempt {
            rule: rule.id.clone(),
            exemption,
        },
        Ruling::Keep(hold) => Verdict::Keep {
            by: Basis::Rule(rule.id.clone()),
            hold,
        },
    }
}

fn by_default(length: Length, facts: &Facts, trace: &mut Trace) -> Verdict {
    let effect = "is how long this shelter keeps such an animal, as no rule fits: check the local law";
    trace.tell(Subject::ShelterDefault, length, effect);
    let counter = Counter::by_default(facts);
    let count = counter.count(facts.impounded_at, length);
    counter.tell(&count, trace);
    let hold = Hold {
        starts_at: facts.impounded_at,
        counted_from: count.start,
        end: End::At(count.end),
        owner_only_until: None,
        rescue_release_at: None,
        then: Disposition::Any,
    };
    Verdict::Keep {
        by: Basis::ShelterDefault,
        hold,
    }
}
