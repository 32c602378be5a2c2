//! Notifies an owner of a sighting of their pet.

use entity::{
    id::{JobId, SightingId},
    vocabulary::Lane,
};
use serde::{Deserialize, Serialize};

use crate::{
    deps::Deps,
    domain::notifications,
    events::{Event, PetEvent},
    kernel::{Outcome, Result},
    work::job::Job,
};

/// Notify an owner of a sighting of their pet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TellSighting {
    /// The sighting.
    pub sighting_id: SightingId,
}

impl Job for TellSighting {
    const NAME: &'static str = "tell_sighting";

    fn called_for_by(event: &Event) -> Option<Self> {
        match event {
            Event::Pets(PetEvent::SightingAdded { sighting_id }) => Some(Self {
                sighting_id: *sighting_id,
            }),
            _ => None,
        }
    }

    fn lane(&self) -> Lane {
        Lane::Interactive
    }

    async fn perform(self, deps: &Deps, _id: JobId) -> Result<Outcome> {
        notifications::tell_sighting(deps, self.sighting_id).await
    }
}
