//! Takes an import back.

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

/// Take an import back. It snoozes from time to time, like the import itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct UndoImport {
    /// The import.
    pub import_id: ImportId,
    /// The shelter whose import it is.
    pub shelter_id: ShelterId,
}

impl Job for UndoImport {
    const NAME: &'static str = "undo_import";

    fn called_for_by(event: &Event) -> Option<Self> {
        match event {
            Event::Shelters(ShelterEvent::ImportUndoRequested { import_id, shelter_id }) => Some(Self {
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
        Some(self.shelter_id.to_string())
    }

    async fn perform(self, deps: &Deps, _id: JobId) -> Result<Outcome> {
        shelters::take_back(deps, self.import_id).await
    }
}
