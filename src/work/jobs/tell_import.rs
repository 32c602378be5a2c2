//! Notifies the member who started an import that it has finished.

use entity::{
    id::{ImportId, JobId},
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

/// Notify the member who started an import that it has finished.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TellImport {
    /// The import.
    pub import_id: ImportId,
}

impl Job for TellImport {
    const NAME: &'static str = "tell_import";

    fn called_for_by(event: &Event) -> Option<Self> {
        match event {
            Event::Shelters(ShelterEvent::ImportFinished { import_id }) => Some(Self { import_id: *import_id }),
            _ => None,
        }
    }

    fn lane(&self) -> Lane {
        Lane::Interactive
    }

    async fn perform(self, deps: &Deps, _id: JobId) -> Result<Outcome> {
        notifications::tell_import(deps, self.import_id).await
    }
}
