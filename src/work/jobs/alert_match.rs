//! Alerts the members a match concerns.

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

/// Alert the members a match concerns.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AlertMatch {
    /// The match.
    pub match_id: MatchId,
}

impl Job for AlertMatch {
    const NAME: &'static str = "alert_match";

    fn called_for_by(event: &Event) -> Option<Self> {
        match event {
            Event::Matching(MatchEvent::MatchFound { match_id }) => Some(Self { match_id: *match_id }),
            _ => None,
        }
    }

    fn lane(&self) -> Lane {
        Lane::Interactive
    }

    async fn perform(self, deps: &Deps, _id: JobId) -> Result<Outcome> {
        notifications::alert_match(deps, self.match_id).await
    }
}
