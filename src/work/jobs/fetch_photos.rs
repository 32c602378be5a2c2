//! Fetches the photos of imported animals.

use entity::{
    id::{JobId, PetId, ShelterId},
    vocabulary::Lane,
};
use serde::{Deserialize, Serialize};

use crate::{
    deps::Deps,
    domain::shelters,
    events::{Event, ShelterEvent},
    kernel::{Outcome, Result},
    work::job::Job,
};

/// Fetch the photos of imported animals. It snoozes until the next of them is tried again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FetchPhotos {
    /// The shelter that wants them.
    pub shelter_id: ShelterId,
    /// The reports of the animals.
    pub pet_ids: Vec<PetId>,
}

impl Job for FetchPhotos {
    const NAME: &'static str = "fetch_photos";

    fn called_for_by(event: &Event) -> Option<Self> {
        match event {
            Event::Shelters(ShelterEvent::PhotosWanted { shelter_id, pet_ids }) => Some(Self {
                shelter_id: *shelter_id,
                pet_ids: pet_ids.clone(),
            }),
            _ => None,
        }
    }

    fn lane(&self) -> Lane {
        Lane::Bulk
    }

    /// A group for each shelter, so that the slow server of one does not hold up others, and apart from its imports.
    fn group(&self) -> Option<String> {
        Some(format!("photos of {}", self.shelter_id))
    }

    async fn perform(self, deps: &Deps, _id: JobId) -> Result<Outcome> {
        shelters::fetch_photos(deps, self.shelter_id, &self.pet_ids).await
    }
}
