//! Withdraws the offers of an animal whose report was closed.

use entity::{
    id::{JobId, PetId},
    vocabulary::Lane,
};
use serde::{Deserialize, Serialize};

use crate::{
    deps::Deps,
    domain::transfers,
    events::{Event, PetEvent},
    kernel::{Outcome, Result},
    work::job::Job,
};

/// Withdraw the offers of an animal whose report was closed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct WithdrawOffers {
    /// The report.
    pub pet_id: PetId,
}

impl Job for WithdrawOffers {
    const NAME: &'static str = "withdraw_offers";

    fn called_for_by(event: &Event) -> Option<Self> {
        match event {
            Event::Pets(PetEvent::PetClosed { pet_id }) => Some(Self { pet_id: *pet_id }),
            _ => None,
        }
    }

    fn lane(&self) -> Lane {
        Lane::Interactive
    }

    async fn perform(self, deps: &Deps, _id: JobId) -> Result<Outcome> {
        transfers::withdraw_offers_of(deps, self.pet_id)
            .await
            .map(Outcome::from)
    }
}
