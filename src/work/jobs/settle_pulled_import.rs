//! Tells a connector what became of its import.

use entity::{
    id::{ImportId, JobId},
    vocabulary::Lane,
};
use serde::{Deserialize, Serialize};

use crate::{
    deps::Deps,
    domain::connectors,
    events::{Event, ShelterEvent},
    kernel::{Outcome, Result},
    work::job::Job,
};

/// End the run of a connector whose import is over, if a connector made it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SettlePulledImport {
    /// The import.
    pub import_id: ImportId,
}

impl Job for SettlePulledImport {
    const NAME: &'static str = "settle_pulled_import";

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
        connectors::settle_import(deps, self.import_id).await
    }
}
