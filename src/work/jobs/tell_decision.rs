//! Tells one side of a match what the other has decided.

use entity::{
    id::{JobId, MatchId},
    vocabulary::Lane,
};
use serde::{Deserialize, Serialize};

use crate::{
    deps::Deps,
    domain::notifications,
    events::{Event, MatchEvent},
    kernel::{Outcome, Result},
    work::job::Job,
};

/// Tell one side of a match what the other has decided.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TellDecision {
    /// The match.
    pub match_id: MatchId,
}

impl Job for TellDecision {
    /// Stored jobs have this name from the time when confirmations were all that was told.
    const NAME: &'static str = "tell_confirmation";

    fn called_for_by(event: &Event) -> Option<Self> {
        match event {
            Event::Matching(MatchEvent::MatchDecided { match_id, .. }) => Some(Self { match_id: *match_id }),
            _ => None,
        }
    }

    fn lane(&self) -> Lane {
        Lane::Interactive
    }

    async fn perform(self, deps: &Deps, _id: JobId) -> Result<Outcome> {
        notifications::tell_decision(deps, self.match_id).await
    }
}
