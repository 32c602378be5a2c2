//! Facts about connectors, which fetch the animals of shelters from their own systems.

use entity::id::{ConnectorId, ConnectorRunId, MemberId, ShelterId};
use serde::{Deserialize, Serialize};

use crate::events::Topic;

/// Something that has happened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum ConnectorEvent {
    /// A run of a connector waits for its turn.
    ConnectorRunQueued {
        connector_id: ConnectorId,
        run_id: ConnectorRunId,
        shelter_id: ShelterId,
    },
    /// The server has turned a connector off, and that ADMIN of its shelter is to know.
    ConnectorDisabled {
        connector_id: ConnectorId,
        member_id: MemberId,
    },
}

impl ConnectorEvent {
    /// The name of the fact, as the log stores it.
    pub fn name(&self) -> &'static str {
        match self {
            Self::ConnectorRunQueued { .. } => "connector_run_queued",
            Self::ConnectorDisabled { .. } => "connector_disabled",
        }
    }

    /// The topics whose bells ring for it: none.
    pub fn topics(&self) -> Vec<Topic> {
        Vec::new()
    }
}
