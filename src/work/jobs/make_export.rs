//! Makes an archive of a member's data.

use entity::{
    id::{DataExportId, JobId},
    vocabulary::Lane,
};
use serde::{Deserialize, Serialize};

use crate::{
    deps::Deps,
    domain::privacy,
    events::{Event, PrivacyEvent},
    kernel::{Outcome, Result},
    work::job::Job,
};

/// Collect a member's data into an archive.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MakeExport {
    /// The archive.
    pub export_id: DataExportId,
}

impl Job for MakeExport {
    const NAME: &'static str = "make_export";

    fn called_for_by(event: &Event) -> Option<Self> {
        match event {
            Event::Privacy(PrivacyEvent::DataExportRequested { export_id }) => Some(Self { export_id: *export_id }),
            _ => None,
        }
    }

    fn lane(&self) -> Lane {
        Lane::Bulk
    }

    async fn perform(self, deps: &Deps, _id: JobId) -> Result<Outcome> {
        privacy::make_export(deps, self.export_id).await
    }
}
