//! Reads a file of animals.

use entity::{
    id::{ImportId, JobId, ShelterId},
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

/// Read a file of animals. A long one snoozes every now and then, so that it does not keep its worker from others.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RunImport {
    /// The import.
    pub import_id: ImportId,
    /// The shelter whose import it is.
    #[serde(default)]
    pub shelter_id: Option<ShelterId>,
}

impl Job for RunImport {
    const NAME: &'static str = "run_import";

    fn called_for_by(event: &Event) -> Option<Self> {
        match event {
            Event::Shelters(ShelterEvent::ImportQueued { import_id, shelter_id }) => Some(Self {
                import_id: *import_id,
                shelter_id: *shelter_id,
            }),
            _ => None,
        }
    }

    fn lane(&self) -> Lane {
        Lane::Bulk
    }

    fn group(&self) -> Option<String> {
        self.shelter_id.map(|id| id.to_string())
    }

    async fn perform(self, deps: &Deps, _id: JobId) -> Result<Outcome> {
        shelters::run_import(deps, self.import_id).await
    }
}
