//! How a hold came about, step by step: for people to read and for machines to keep.

use std::fmt;

use serde::{Deserialize, Serialize};

/// One thing that was looked at. Written out, value and effect are a sentence: `Thu 2026-11-26 is Thanksgiving
/// Day and does not count`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Step {
    /// What was looked at.
    pub subject: Subject,
    /// Its value: a rule's id, an instant in local time, a day, a length of time.
    pub value: String,
    /// What follows from it.
    pub effect: String,
}

/// What a step is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Subject {
    /// When, where and how the animal came.
    Intake,
    /// A rule that fits, or that is for the place but does not.
    Rule,
    /// The shelter's own default.
    ShelterDefault,
    /// A reason not to keep the animal.
    Exemption,
    /// The event that starts the count.
    Start,
    /// Which length counts.
    Length,
    /// A chip, a tag or a known owner.
    Identification,
    /// How the owner was told.
    Notice,
    /// When owners can come.
    OpeningHours,
    /// A day that counts or does not.
    Day,
    /// When a count ends.
    End,
    /// Until when only the owner may have the animal.
    OwnerOnly,
    /// From when the animal may go to a rescue organisation.
    RescueRelease,
    /// Which of two rules counts.
    Precedence,
    /// What people decided beside the rules; added by whoever calls this library.
    Decision,
    /// How far to trust the answer.
    Advice,
}

impl fmt::Display for Step {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.value, self.effect)
    }
}

/// The steps so far.
#[derive(Debug, Default)]
pub(crate) struct Trace(Vec<Step>);

impl Trace {
    pub(crate) fn tell(&mut self, subject: Subject, value: impl fmt::Display, effect: impl fmt::Display) {
        self.0.push(Step {
            subject,
            value: value.to_string(),
            effect: effect.to_string(),
        });
    }

    pub(crate) fn into_steps(self) -> Vec<Step> {
        self.0
    }
}
