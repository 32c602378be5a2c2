//! Runs an import.

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

/// Import a file of animals. A long import snoozes from time to time, so that other jobs get its worker.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RunImport {
    /// The import.
    pub import_id: ImportId,
    /// The shelter that ran the import.
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
