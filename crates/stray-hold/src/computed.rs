//! The answer: whether an animal is kept for its owner, until when, and why.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::{
    rule::{CountsFrom, Disposition, Exemption},
    trace::Step,
};

/// What was computed, and how.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Computed {
    /// The answer.
    pub verdict: Verdict,
    /// How it came about, in the order in which things were looked at.
    pub trace: Vec<Step>,
}

/// Whether an animal is kept for its owner.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// It is kept.
    Keep {
        /// What says so.
        by: Basis,
        /// From when until when.
        hold: Hold,
    },
    /// It need not be kept.
    Exempt {
        /// The id of the rule that says so.
        rule: String,
        /// For which reason.
        exemption: Exemption,
    },
    /// No rule fits, and the shelter has no default for such an animal.
    NotApplicable,
}

/// What a hold is based on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Basis {
    /// The rule with this id.
    Rule(String),
    /// The shelter's own default, as no rule fits.
    ShelterDefault,
}

/// How long an animal is kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hold {
    /// When the hold starts, which is the intake.
    pub starts_at: DateTime<Utc>,
    /// The instant from which the length is counted; not before `starts_at`.
    pub counted_from: DateTime<Utc>,
    /// When the hold ends; not before `counted_from`.
    pub end: End,
    /// Until when only the owner may have the animal, at most the earliest end; `None` if the rule does not say.
    pub owner_only_until: Option<DateTime<Utc>>,
    /// From when the animal may go to a rescue organisation, at most the earliest end; `None` if the rule does not say.
    pub rescue_release_at: Option<DateTime<Utc>>,
    /// What may be done with the animal afterwards.
    pub then: Disposition,
}

/// When a hold ends: the first instant at which it is over.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum End {
    /// At this instant.
    At(DateTime<Utc>),
    /// Open, as the event that starts the count has not happened yet. Once it has, the hold is computed anew.
    NotBefore {
        /// The end if the event had happened at the intake: a lower bound, unless a shorter length for the way of
        /// notice comes to count.
        at: DateTime<Utc>,
        /// The event that is waited for.
        awaits: CountsFrom,
    },
}

impl Computed {
    /// The hold, if the animal is kept.
    pub fn hold(&self) -> Option<&Hold> {
        match &self.verdict {
            Verdict::Keep { hold, .. } => Some(hold),
            Verdict::Exempt { .. } | Verdict::NotApplicable => None,
        }
    }
}

impl End {
    pub(crate) fn new(at: DateTime<Utc>, awaits: Option<CountsFrom>) -> Self {
        match awaits {
            Some(awaits) => Self::NotBefore { at, awaits },
            None => Self::At(at),
        }
    }

    /// The end, or its lower bound if it is open.
    pub fn earliest(self) -> DateTime<Utc> {
        match self {
            Self::At(at) | Self::NotBefore { at, .. } => at,
        }
    }

    /// The end, unless it is open.
    pub fn known(self) -> Option<DateTime<Utc>> {
        match self {
            Self::At(at) => Some(at),
            Self::NotBefore { .. } => None,
        }
    }

    /// The event that an open end waits for.
    pub fn awaits(self) -> Option<CountsFrom> {
        match self {
            Self::At(_) => None,
            Self::NotBefore { awaits, .. } => Some(awaits),
        }
    }

    /// The end if both have to be waited for. It is open if either is.
    pub(crate) fn and(self, other: Self) -> Self {
        let at = self.earliest().max(other.earliest());
        Self::new(at, self.awaits().or(other.awaits()))
    }
}
