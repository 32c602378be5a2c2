//! Sends the link to an archive.

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

/// Send a member the link to the archive of their data.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SendExportMail {
    /// The archive.
    pub export_id: DataExportId,
}

impl Job for SendExportMail {
    const NAME: &'static str = "send_export_mail";

    fn called_for_by(event: &Event) -> Option<Self> {
        match event {
            Event::Privacy(PrivacyEvent::DataExportReady { export_id }) => Some(Self { export_id: *export_id }),
            _ => None,
        }
    }

    fn lane(&self) -> Lane {
        Lane::Delivery
    }

    async fn perform(self, deps: &Deps, id: JobId) -> Result<Outcome> {
        privacy::send_export_mail(deps, id, self.export_id).await
    }
}
