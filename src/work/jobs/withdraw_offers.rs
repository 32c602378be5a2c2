//! Withdraws the offers of animals that have left.

use entity::{id::JobId, vocabulary::Lane};
use serde::{Deserialize, Serialize};

use crate::{
    deps::Deps,
    domain::transfers::{self, Left},
    events::{CustodyEvent, Event, PetEvent},
    kernel::{Outcome, Result},
    work::job::Job,
};

/// Withdraw the offers of animals that have left.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct WithdrawOffers {
    /// The report that was closed, or the stays that ended.
    pub left: Left,
}

impl Job for WithdrawOffers {
    const NAME: &'static str = "withdraw_offers";

    fn called_for_by(event: &Event) -> Option<Self> {
        let left = match event {
            Event::Pets(PetEvent::PetClosed { pet_id }) => Left::Report(*pet_id),
            Event::Custody(CustodyEvent::AnimalsLeft { stay_ids, .. }) => Left::Stays(stay_ids.clone()),
            _ => return None,
        };
        Some(Self { left })
    }

    fn lane(&self) -> Lane {
        match self.left {
            Left::Report(_) => Lane::Interactive,
            // An import may end many stays, and others should not wait for that.
            Left::Stays(_) => Lane::Bulk,
        }
    }

    async fn perform(self, deps: &Deps, _id: JobId) -> Result<Outcome> {
        transfers::withdraw_offers(deps, self.left).await.map(Outcome::from)
    }
}
