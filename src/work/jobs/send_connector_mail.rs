//! Writes to an ADMIN of a shelter that the server has turned a connector off.

use entity::{
    id::{ConnectorId, JobId, MemberId},
    vocabulary::Lane,
};
use serde::{Deserialize, Serialize};

use crate::{
    deps::Deps,
    domain::connectors,
    events::{ConnectorEvent, Event},
    kernel::{Outcome, Result},
    work::job::Job,
};

/// Write to an ADMIN that a connector is off.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SendConnectorMail {
    /// The connector.
    pub connector_id: ConnectorId,
    /// The ADMIN.
    pub member_id: MemberId,
}

impl Job for SendConnectorMail {
    const NAME: &'static str = "send_connector_mail";

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
        Lane::Delivery
    }

    async fn perform(self, deps: &Deps, id: JobId) -> Result<Outcome> {
        connectors::send_turned_off_mail(deps, id, self.connector_id, self.member_id).await
    }
}
