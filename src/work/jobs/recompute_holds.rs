//! Computes the holds of a shelter's animals anew, after its rules have changed.

use entity::{
    id::{JobId, ShelterId},
    vocabulary::Lane,
};
use serde::{Deserialize, Serialize};

use crate::{
    deps::Deps,
    domain::custody,
    events::{Event, ShelterEvent},
    kernel::{Outcome, Result},
    work::job::Job,
};

/// Compute the holds of a shelter's animals anew. Queued jobs for one shelter are merged into one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RecomputeHolds {
    /// The shelter.
    pub shelter_id: ShelterId,
}

impl Job for RecomputeHolds {
    const NAME: &'static str = "recompute_holds";
    const IS_JOINED: bool = true;

    fn called_for_by(event: &Event) -> Option<Self> {
        match event {
            Event::Shelters(ShelterEvent::HoldsChanged { shelter_id }) => Some(Self {
                shelter_id: *shelter_id,
            }),
            _ => None,
        }
    }

    fn lane(&self) -> Lane {
        Lane::Bulk
    }

    fn group(&self) -> Option<String> {
        Some(self.shelter_id.to_string())
    }

    fn take_up(&mut self, other: &Self) -> bool {
        self == other
    }

    async fn perform(self, deps: &Deps, _id: JobId) -> Result<Outcome> {
        custody::recompute_holds(deps, self.shelter_id).await.map(Outcome::from)
    }
}
