//! Withdraws the matches of a report that was closed.

use entity::{
    id::{JobId, PetId},
    vocabulary::Lane,
};
use serde::{Deserialize, Serialize};

use crate::{
    deps::Deps,
    domain::matching,
    events::{Event, PetEvent},
    kernel::{Outcome, Result},
    work::job::Job,
};

/// Withdraw the matches of a report that was closed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EndMatches {
    /// The report.
    pub pet_id: PetId,
}

impl Job for EndMatches {
    const NAME: &'static str = "end_matches";

    fn called_for_by(event: &Event) -> Option<Self> {
        match event {
            Event::Pets(PetEvent::PetClosed { pet_id }) => Some(Self { pet_id: *pet_id }),
            _ => None,
        }
    }

    fn lane(&self) -> Lane {
        Lane::Interactive
    }

    async fn perform(self, deps: &Deps, _id: JobId) -> Result<Outcome> {
        matching::end_matches(deps, self.pet_id).await
    }
}
