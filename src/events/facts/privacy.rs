//! Facts about what members do with their data as a whole.

use entity::id::DataExportId;
use serde::{Deserialize, Serialize};

use crate::events::Topic;

/// Something that has happened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum PrivacyEvent {
    /// A member asked for an archive of their data.
    DataExportRequested { export_id: DataExportId },
    /// The archive can be fetched.
    DataExportReady { export_id: DataExportId },
}

impl PrivacyEvent {
    /// The name of the fact, as the log stores it.
    pub fn name(&self) -> &'static str {
        match self {
            Self::DataExportRequested { .. } => "data_export_requested",
            Self::DataExportReady { .. } => "data_export_ready",
        }
    }

    /// The topics whose bells ring for it.
    pub fn topics(&self) -> Vec<Topic> {
        Vec::new()
    }
}
