//! Accepts or refuses an offer.

use entity::{id::TransferId, transfer, vocabulary::TransferState};

use super::{
    hand_over::Subject,
    model::{over, receiving, refusal},
    store,
};
use crate::{
    deps::{Deps, Tx},
    domain::{accounts::audit, staff::Actor},
    events::TransferEvent,
    kernel::{AtField, Error, FieldCode, Result, Viewer, text},
};

/// Maximum length of a reason in characters.
const REASON: usize = 300;

/// An answer to an offer.
#[derive(Debug, Clone, PartialEq)]
pub struct AnswerTransfer {
    /// The offer.
    pub id: TransferId,
    /// Whether the shelter takes the animal.
    pub accept: bool,
    /// Why, at most 300 characters.
    pub reason: Option<String>,
}

/// Answers an offer for the receiving shelter: accepting it hands the animal over, refusing it changes nothing else. For
/// ADMIN and STAFF of that shelter and its keys with `pets:write`. The same answer again changes nothing; an offer that has
/// ended otherwise is refused, and one whose animal has left is withdrawn.
pub async fn answer_transfer(deps: &Deps, viewer: &Viewer, answer: AnswerTransfer) -> Result<transfer::Model> {
    viewer.refuse_visitor()?;
    let AnswerTransfer { id, accept, reason } = answer;
    let reason = text::optional_prose("reason", reason.as_deref(), REASON);
    let reason = reason.map_err(|fault| Error::Invalid(vec![fault]))?;
    let answered = deps
        .write(async |tx| {
            let actor = Actor::of(tx, viewer).await?;
            let seen = store::with_id(tx, id).await.at("id")?;
            if !actor.may_transfer_animals(seen.to_shelter) {
                let message = "only ADMIN and STAFF of the receiving shelter, and its keys with pets:write, can answer";
                return Err(refusal(&actor, &seen, message)).at("id");
            }
            let subject = Subject::lock(tx, &seen).await?;
            let transfer = store::for_update(tx, id).await.at("id")?;
            match (transfer.state, accept) {
                (TransferState::Offered, _) => {}
                (TransferState::Accepted, true) | (TransferState::Refused, false) => {
                    return Ok(Some(transfer));
                }
                (state, _) => return Err(over(state)),
            }
            let transfer = transfer::Model { reason, ..transfer };
            match accept {
                true if subject.is_there() => accepted(deps, tx, viewer, (transfer, subject)).await,
                // Committed, and told to the caller after it.
                true => {
                    store::end(tx, transfer, TransferState::Withdrawn, &Viewer::System.actor()).await?;
                    Ok(None)
                }
                false => {
                    let refused = store::end(tx, transfer, TransferState::Refused, &viewer.actor()).await?;
                    tell(deps, tx, viewer, (id, "transfer_refused")).await?;
                    Ok(Some(refused))
                }
            }
        })
        .await?;
    answered.ok_or_else(|| {
        let message = "the animal has left in another way, so this offer has ended";
        Error::field("id", FieldCode::Conflict, message)
    })
}

async fn accepted(
    deps: &Deps,
    tx: &Tx,
    viewer: &Viewer,
    (transfer, subject): (transfer::Model, Subject),
) -> Result<Option<transfer::Model>> {
    let (id, by) = (transfer.id, viewer.actor());
    let to = receiving(tx, "id", transfer.to_shelter).await?;
    let new_animal_id = Some(subject.hand_over(deps, tx, &by, &to).await?);
    let transfer = transfer::Model {
        new_animal_id,
        ..transfer
    };
    let accepted = store::end(tx, transfer, TransferState::Accepted, &by).await?;
    tell(deps, tx, viewer, (id, "transfer_accepted")).await?;
    Ok(Some(accepted))
}

async fn tell(deps: &Deps, tx: &Tx, viewer: &Viewer, (id, action): (TransferId, &'static str)) -> Result<()> {
    audit(deps, tx, viewer.actor(), action, Some(id.to_string()), None).await?;
    tx.announce(TransferEvent::TransferAnswered { transfer_id: id });
    Ok(())
}
