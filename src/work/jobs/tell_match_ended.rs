//! Tells people that a match is over.

use entity::{
    id::{JobId, MatchId, PetId},
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

/// Tell people that a match is over.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TellMatchEnded {
    /// The match.
    pub match_id: MatchId,
    /// The report that was closed; of a change, either.
    pub pet_id: PetId,
}

impl Job for TellMatchEnded {
    const NAME: &'static str = "tell_match_ended";

    fn called_for_by(event: &Event) -> Option<Self> {
        match event {
            Event::Matching(MatchEvent::MatchEnded { match_id, pet_id }) => Some(Self {
                match_id: *match_id,
                pet_id: *pet_id,
            }),
            _ => None,
        }
    }

    fn lane(&self) -> Lane {
        Lane::Interactive
    }

    async fn perform(self, deps: &Deps, _id: JobId) -> Result<Outcome> {
        notifications::tell_match_ended(deps, self.match_id, self.pet_id).await
    }
}
