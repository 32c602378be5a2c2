//! The hold of a stay: what is stored of it, whether it lasts, and what it forbids.

use entity::{
    Timestamp, shelter_animal, stay,
    vocabulary::{StayOutcome, StayStage},
};
use stray_hold::{Basis, Step, Subject, Verdict};

use super::rules::HoldRules;
use crate::{
    domain::custody::{model::is_over, records::Change},
    kernel::Result,
};

/// Computes the hold of a stay that begins. An animal that comes with a chip is identified from its intake on.
pub fn begin_hold(change: &mut Change, animal: &shelter_animal::Model, rules: &HoldRules) -> Result<()> {
    if animal.microchip.is_some() && !is_over(change.stay()) {
        let since = change.stay().intake_at;
        change.stay_mut().identified_at = Some(since);
    }
    set_hold(change, animal, rules)
}

/// Computes the hold of a stay anew, after something has changed that it depends on: the intake, the animal, what its owner
/// was told, what the staff decided, or the rules. That of a stay that has ended stays as it was.
pub fn set_hold(change: &mut Change, animal: &shelter_animal::Model, rules: &HoldRules) -> Result<()> {
    if is_over(change.stay()) {
        return Ok(());
    }
    if animal.microchip.is_some() && change.stay().identified_at.is_none() {
        change.identify(Some(change.now()));
    }
    let computed = rules.compute(change.stay(), animal);
    let (mut until, mut is_open) = (None::<Timestamp>, false);
    let (mut rule, mut owner_only_until, mut rescue_at) = (None::<String>, None::<Timestamp>, None::<Timestamp>);
    let mut trace = computed.trace;
    if let Verdict::Keep { by, hold } = computed.verdict {
        (until, is_open) = (Some(Timestamp::from(hold.end.earliest())), hold.end.awaits().is_some());
        owner_only_until = hold.owner_only_until.map(Timestamp::from);
        rescue_at = hold.rescue_release_at.map(Timestamp::from);
        rule = match by {
            Basis::Rule(id) => rules.name(&id).map(str::to_owned),
            Basis::ShelterDefault => None,
        };
    }
    let stay = change.stay();
    if let Some(extended) = stay.hold_extended_until.filter(|extended| until < Some(*extended)) {
        let reason = stay.hold_extension_reason.as_deref().unwrap_or_default();
        trace.push(Step {
            subject: Subject::Decision,
            value: extended.to_string(),
            effect: format!("is until when the staff keeps the animal at least: {reason}"),
        });
        until = Some(extended);
    }
    let trace = until.map(|_| serde_json::to_string(&trace)).transpose()?;
    change.set_hold(until, is_open);
    let stay = change.stay_mut();
    (stay.hold_rule, stay.hold_trace) = (rule, trace);
    (stay.hold_owner_only_until, stay.hold_rescue_at) = (owner_only_until, rescue_at);
    Ok(())
}

/// Whether an animal is kept for its owner at that time.
pub fn is_held(stay: &stay::Model, now: Timestamp) -> bool {
    let lasts = stay.hold_open_ended || stay.hold_until.is_some_and(|until| now < until);
    lasts && stay.hold_released_at.is_none() && !is_over(stay)
}

/// What is done with an animal at that time: one that is held and that nobody gave another stage is on hold.
pub fn stage_of(stay: &stay::Model, now: Timestamp) -> StayStage {
    match stay.stage {
        StayStage::Intake if is_held(stay, now) => StayStage::Hold,
        stage => stage,
    }
}

/// How the hold of a stay came about.
pub fn steps_of(stay: &stay::Model) -> Result<Vec<Step>> {
    match &stay.hold_trace {
        Some(trace) => Ok(serde_json::from_str(trace)?),
        None => Ok(Vec::new()),
    }
}

/// Why an animal may not be given away like this at that time; `None` if its hold does not forbid it. A hold keeps it from
/// being adopted, and from other organisations as long as its rule says. Whatever else people do with it is never refused,
/// nor is what files tell, since that has happened.
pub fn refuse_held(stay: &stay::Model, outcome: StayOutcome, now: Timestamp) -> Option<String> {
    if !is_held(stay, now) {
        return None;
    }
    let rule = match &stay.hold_rule {
        Some(rule) => format!("the rule \"{rule}\""),
        None => "the shelter's own hold".to_owned(),
    };
    match outcome {
        StayOutcome::Adopted => {
            let until = stay.hold_until.map(|until| until.to_string()).unwrap_or_default();
            Some(match stay.hold_open_ended {
                true => format!(
                    "the animal is kept for its owner by {rule}, until {until} at the earliest, as the owner was not told \
                     yet: note with noteOwnerContact when and how that was done, or release it with releaseHold and a reason"
                ),
                false => format!(
                    "the animal is kept for its owner until {until} by {rule}: wait until then, or release it with \
                     releaseHold and a reason"
                ),
            })
        }
        StayOutcome::Transferred => {
            let from = stay.hold_rescue_at.or(stay.hold_owner_only_until);
            let from = from.filter(|from| now < *from)?;
            Some(format!(
                "by {rule} the animal may not go to another organisation before {from}: wait until then, or release it \
                 with releaseHold and a reason"
            ))
        }
        _ => None,
    }
}
