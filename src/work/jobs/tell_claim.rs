//! Notifies the sides of a claim of what has become of it.

use entity::{
    id::{ClaimId, JobId},
    vocabulary::Lane,
};
use serde::{Deserialize, Serialize};

use crate::{
    deps::Deps,
    domain::notifications,
    events::{ClaimEvent, Event},
    kernel::{Outcome, Result},
    work::job::Job,
};

/// Notify the sides of a claim of what has become of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TellClaim {
    /// The claim.
    pub claim_id: ClaimId,
}

impl Job for TellClaim {
    const NAME: &'static str = "tell_claim";

    fn called_for_by(event: &Event) -> Option<Self> {
        match event {
            Event::Claims(ClaimEvent::ClaimAnswered { claim_id } | ClaimEvent::ClaimJudged { claim_id }) => {
                Some(Self { claim_id: *claim_id })
            }
            _ => None,
        }
    }

    fn lane(&self) -> Lane {
        Lane::Interactive
    }

    async fn perform(self, deps: &Deps, _id: JobId) -> Result<Outcome> {
        notifications::tell_claim(deps, self.claim_id).await
    }
}
