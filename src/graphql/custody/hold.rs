//! How long an animal is kept for its owner.

use async_graphql::SimpleObject;
use entity::{Timestamp, stay};
use stray_hold::Step;

use crate::{
    domain::custody,
    graphql::{scalars::DateTime, vocabulary::HoldSubject},
    kernel::Result,
};

/// How long an animal is kept for its owner, and why. It is computed by rules that the shelter answers for: check the local
/// law.
#[derive(SimpleObject)]
pub struct StayHold {
    /// Whether it lasts: the animal may not be adopted now.
    lasts: bool,
    /// When it ends; the earliest end if that is open.
    until: DateTime,
    /// Whether the end waits for an event, such as a notice to the owner; the trace says for which.
    open_ended: bool,
    /// Name of the rule that says so; null if it is the shelter's own number of days, or a decision of its staff.
    rule: Option<String>,
    /// Until when only the owner may have the animal; null if no rule says.
    owner_only_until: Option<DateTime>,
    /// From when the animal may go to another organisation; null if no rule says.
    rescue_release_at: Option<DateTime>,
    /// Until when the staff keeps the animal at least, whatever the rules say; null if it did not say.
    extended_until: Option<DateTime>,
    /// Why the staff does.
    extension_reason: Option<String>,
    /// When the staff released the animal before the end; null if it did not.
    released_at: Option<DateTime>,
    /// Why the staff did.
    release_reason: Option<String>,
    /// How it came about, in the order in which things were looked at; empty for stays from before there were rules.
    trace: Vec<HoldStep>,
}

/// One thing that was looked at. Written out, value and effect are a sentence: `Thu 2026-11-26 is Thanksgiving Day and does
/// not count`.
#[derive(SimpleObject)]
pub struct HoldStep {
    /// What it is about.
    subject: HoldSubject,
    /// What was looked at: a rule, a time where the shelter is, a day, a length of time.
    value: String,
    /// What follows from it.
    effect: String,
}

impl StayHold {
    /// The hold of a stay at that time; `None` if the animal is not kept.
    pub(super) fn of(stay: &stay::Model, now: Timestamp) -> Result<Option<Self>> {
        let Some(until) = stay.hold_until else { return Ok(None) };
        Ok(Some(Self {
            lasts: custody::is_held(stay, now),
            until: until.into(),
            open_ended: stay.hold_open_ended,
            rule: stay.hold_rule.clone(),
            owner_only_until: stay.hold_owner_only_until.map(Into::into),
            rescue_release_at: stay.hold_rescue_at.map(Into::into),
            extended_until: stay.hold_extended_until.map(Into::into),
            extension_reason: stay.hold_extension_reason.clone(),
            released_at: stay.hold_released_at.map(Into::into),
            release_reason: stay.hold_release_reason.clone(),
            trace: custody::steps_of(stay)?.into_iter().map(HoldStep::from).collect(),
        }))
    }
}

impl From<Step> for HoldStep {
    fn from(step: Step) -> Self {
        Self {
            subject: step.subject.into(),
            value: step.value,
            effect: step.effect,
        }
    }
}
