//! Notifies a shelter's admins that it has been verified.

use entity::{
    id::{JobId, ShelterId},
    vocabulary::Lane,
};
use serde::{Deserialize, Serialize};

use crate::{
    deps::Deps,
    domain::notifications,
    events::{Event, ShelterEvent},
    kernel::{Outcome, Result},
    work::job::Job,
};

/// Notify a shelter's admins that it has been verified.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TellShelterVerified {
    /// The shelter.
    pub shelter_id: ShelterId,
}

impl Job for TellShelterVerified {
    const NAME: &'static str = "tell_shelter_verified";

    fn called_for_by(event: &Event) -> Option<Self> {
        match event {
            Event::Shelters(ShelterEvent::ShelterVerified { shelter_id }) => Some(Self {
                shelter_id: *shelter_id,
            }),
            _ => None,
        }
    }

    fn lane(&self) -> Lane {
        Lane::Interactive
    }

    async fn perform(self, deps: &Deps, _id: JobId) -> Result<Outcome> {
        notifications::tell_shelter_verified(deps, self.shelter_id).await
    }
}
