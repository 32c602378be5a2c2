//! Computes the visual features of the photos of reports.

use entity::{
    id::{JobId, PetId},
    vocabulary::Lane,
};
use serde::{Deserialize, Serialize};

use crate::{
    deps::Deps,
    domain::photos,
    events::{Event, PhotoEvent},
    kernel::{Outcome, Result},
    work::job::Job,
};

/// Compute the visual features of the photos of reports.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LearnPhotos {
    /// The reports.
    pub pet_ids: Vec<PetId>,
}

impl Job for LearnPhotos {
    const NAME: &'static str = "learn_photos";

    fn called_for_by(event: &Event) -> Option<Self> {
        match event {
            Event::Photos(PhotoEvent::PhotosShown { pet_id }) => Some(Self { pet_ids: vec![*pet_id] }),
            _ => None,
        }
    }

    fn lane(&self) -> Lane {
        Lane::Bulk
    }

    async fn perform(self, deps: &Deps, _id: JobId) -> Result<Outcome> {
        photos::learn_photos(deps, &self.pet_ids).await.map(Outcome::from)
    }
}
