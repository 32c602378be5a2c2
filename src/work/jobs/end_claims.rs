//! Ends the claims of a match that was dismissed, or of a report that was closed.

use entity::{id::JobId, vocabulary::Lane};
use serde::{Deserialize, Serialize};

use crate::{
    deps::Deps,
    domain::claims::{self, Over},
    events::{Event, MatchEvent, PetEvent},
    kernel::{Outcome, Result},
    work::job::Job,
};

/// End the claims of a match that was dismissed, or of a report that was closed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EndClaims {
    /// The match or report.
    pub over: Over,
}

impl Job for EndClaims {
    const NAME: &'static str = "end_claims";

    fn called_for_by(event: &Event) -> Option<Self> {
        let over = match event {
            Event::Matching(MatchEvent::MatchDecided { match_id, .. } | MatchEvent::MatchEnded { match_id, .. }) => {
                Over::Match(*match_id)
            }
            Event::Pets(PetEvent::PetClosed { pet_id }) => Over::Report(*pet_id),
            _ => return None,
        };
        Some(Self { over })
    }

    fn lane(&self) -> Lane {
        Lane::Interactive
    }

    async fn perform(self, deps: &Deps, _id: JobId) -> Result<Outcome> {
        claims::end_claims(deps, self.over).await.map(Outcome::from)
    }
}
