//! Writes down what the webhooks of shelters are told of.

use entity::{id::JobId, vocabulary::Lane};
use serde::{Deserialize, Serialize};

use crate::{
    deps::Deps,
    domain::webhooks,
    events::Event,
    kernel::{Outcome, Result},
    work::job::{Job, Priority},
};

/// Write a delivery down for every webhook that is told of a fact.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TellWebhooks {
    /// The fact, as the log has it.
    pub event: Event,
}

impl Job for TellWebhooks {
    const NAME: &'static str = "tell_webhooks";
    // People come first.
    const PRIORITY: Priority = Priority::Low;

    fn called_for_by(event: &Event) -> Option<Self> {
        webhooks::calls_for_deliveries(event).then(|| Self { event: event.clone() })
    }

    async fn is_needed(deps: &Deps, event: &Event) -> Result<bool> {
        webhooks::may_be_told(deps.db.read(), event).await
    }

    fn lane(&self) -> Lane {
        match self.event {
            // An import has many of them.
            Event::Custody(_) => Lane::Bulk,
            _ => Lane::Interactive,
        }
    }

    fn group(&self) -> Option<String> {
        match &self.event {
            Event::Custody(fact) => Some(fact.shelter().to_string()),
            _ => None,
        }
    }

    async fn perform(self, deps: &Deps, id: JobId) -> Result<Outcome> {
        webhooks::queue_deliveries(deps, id, &self.event).await
    }
}
