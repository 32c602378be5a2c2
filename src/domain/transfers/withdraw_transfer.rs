//! Takes offers back.

use entity::{id::TransferId, transfer, vocabulary::TransferState};

use super::{
    model::{Left, may_withdraw, over, refusal},
    store,
};
use crate::{
    deps::Deps,
    domain::{accounts::audit, staff::Actor},
    kernel::{AtField, Result, Viewer},
};

/// Withdraws an offer that is open. For ADMIN and STAFF of the offering shelter and its keys with `pets:write`, or the member
/// who offers. Twice is once.
pub async fn withdraw_transfer(deps: &Deps, viewer: &Viewer, id: TransferId) -> Result<transfer::Model> {
    viewer.refuse_visitor()?;
    deps.write(async |tx| {
        let actor = Actor::of(tx, viewer).await?;
        let transfer = store::for_update(tx, id).await.at("id")?;
        if !may_withdraw(&actor, &transfer) {
            let message = "only the side that offers an animal can withdraw the offer";
            return Err(refusal(&actor, &transfer, message)).at("id");
        }
        match transfer.state {
            TransferState::Offered => {}
            TransferState::Withdrawn => return Ok(transfer),
            state => return Err(over(state)),
        }
        let withdrawn = store::end(tx, transfer, TransferState::Withdrawn, &viewer.actor()).await?;
        let subject = Some(id.to_string());
        audit(deps, tx, viewer.actor(), "transfer_withdrawn", subject, None).await?;
        Ok(withdrawn)
    })
    .await
}

/// Withdraws the open offers of animals that have left. Running it twice changes nothing.
pub async fn withdraw_offers(deps: &Deps, left: Left) -> Result<()> {
    deps.write(async |tx| {
        for open in store::open_for_update(tx, &left).await? {
            store::end(tx, open, TransferState::Withdrawn, &Viewer::System.actor()).await?;
        }
        Ok(())
    })
    .await
}
