//! Fetches the animals of a shelter from its own software.

use entity::{
    id::{ConnectorId, ConnectorRunId, JobId, ShelterId},
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

/// Fetch what a run of a connector is about, and queue its import.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RunConnector {
    /// The connector.
    pub connector_id: ConnectorId,
    /// The run.
    pub run_id: ConnectorRunId,
    /// Its shelter.
    pub shelter_id: ShelterId,
}

impl Job for RunConnector {
    const NAME: &'static str = "run_connector";

    fn called_for_by(event: &Event) -> Option<Self> {
        match event {
            Event::Connectors(ConnectorEvent::ConnectorRunQueued {
                connector_id,
                run_id,
                shelter_id,
            }) => Some(Self {
                connector_id: *connector_id,
                run_id: *run_id,
                shelter_id: *shelter_id,
            }),
            _ => None,
        }
    }

    fn lane(&self) -> Lane {
        Lane::Fetch
    }

    /// A group for each shelter, so that the slow software of one does not hold up others.
    fn group(&self) -> Option<String> {
        Some(self.shelter_id.to_string())
    }

    async fn perform(self, deps: &Deps, _id: JobId) -> Result<Outcome> {
        connectors::perform_run(deps, self.run_id).await
    }
}
