//! Notifies the two sides of an offer of an animal.

use entity::{
    id::{JobId, TransferId},
    vocabulary::Lane,
};
use serde::{Deserialize, Serialize};

use crate::{
    deps::Deps,
    domain::notifications,
    events::{Event, TransferEvent},
    kernel::{Outcome, Result},
    work::job::Job,
};

/// Notify the two sides of an offer of an animal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TellTransfer {
    /// The offer.
    pub transfer_id: TransferId,
}

impl Job for TellTransfer {
    const NAME: &'static str = "tell_transfer";

    fn called_for_by(event: &Event) -> Option<Self> {
        match event {
            Event::Transfers(
                TransferEvent::TransferOffered { transfer_id } | TransferEvent::TransferAnswered { transfer_id },
            ) => Some(Self {
                transfer_id: *transfer_id,
            }),
            _ => None,
        }
    }

    fn lane(&self) -> Lane {
        Lane::Interactive
    }

    async fn perform(self, deps: &Deps, _id: JobId) -> Result<Outcome> {
        notifications::tell_transfer(deps, self.transfer_id).await
    }
}
