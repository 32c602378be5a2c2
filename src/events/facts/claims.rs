//! Facts about claims.

use entity::id::ClaimId;
use serde::{Deserialize, Serialize};

use crate::events::Topic;

/// Something that has happened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum ClaimEvent {
    /// A claim was opened.
    ClaimOpened { claim_id: ClaimId },
    /// The claimant gave answers.
    ClaimAnswered { claim_id: ClaimId },
    /// The answers were refused, or the claim has ended.
    ClaimJudged { claim_id: ClaimId },
}

impl ClaimEvent {
    /// The name of the fact, as the log stores it.
    pub fn name(&self) -> &'static str {
        match self {
            Self::ClaimOpened { .. } => "claim_opened",
            Self::ClaimAnswered { .. } => "claim_answered",
            Self::ClaimJudged { .. } => "claim_judged",
        }
    }

    /// The topics whose bells ring for it.
    pub fn topics(&self) -> Vec<Topic> {
        Vec::new()
    }
}
