//! Runs the configured model on all photos.

use entity::{id::JobId, vocabulary::Lane};
use serde::{Deserialize, Serialize};

use crate::{
    deps::Deps,
    domain::photos,
    kernel::{Outcome, Result},
    work::job::{Job, Priority},
};

/// Run the configured model on all photos. No event triggers it: it is queued when a server starts with a new model.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LearnAllPhotos {}

impl Job for LearnAllPhotos {
    const NAME: &'static str = "learn_all_photos";
    const PRIORITY: Priority = Priority::Low;

    fn lane(&self) -> Lane {
        Lane::Bulk
    }

    async fn perform(self, deps: &Deps, _id: JobId) -> Result<Outcome> {
        photos::learn_all_photos(deps).await.map(Outcome::from)
    }
}
