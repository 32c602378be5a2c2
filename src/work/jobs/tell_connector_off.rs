//! Notifies an ADMIN of a shelter that the server has turned a connector off.

use entity::{
    id::{ConnectorId, JobId, MemberId},
    vocabulary::Lane,
};
use serde::{Deserialize, Serialize};

use crate::{
    deps::Deps,
    domain::notifications,
    events::{ConnectorEvent, Event},
    kernel::{Outcome, Result},
    work::job::Job,
};

/// Notify an ADMIN that a connector is off.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TellConnectorOff {
    /// The connector.
    pub connector_id: ConnectorId,
    /// The ADMIN.
    pub member_id: MemberId,
}

impl Job for TellConnectorOff {
    const NAME: &'static str = "tell_connector_off";

    fn called_for_by(event: &Event) -> Option<Self> {
        match event {
            Event::Connectors(ConnectorEvent::ConnectorDisabled {
                connector_id,
                member_id,
            }) => Some(Self {
                connector_id: *connector_id,
                member_id: *member_id,
            }),
            _ => None,
        }
    }

    fn lane(&self) -> Lane {
        Lane::Interactive
    }

    async fn perform(self, deps: &Deps, _id: JobId) -> Result<Outcome> {
        notifications::tell_connector_off(deps, self.member_id, self.connector_id).await
    }
}
