//! The life of an offer, and who may do what with it.

use entity::{
    id::{PetId, ShelterId, StayId, TransferId},
    shelter, transfer,
    vocabulary::TransferState,
};
use sea_orm::EntityTrait;
use serde::{Deserialize, Serialize};

use crate::{
    deps::{Deps, HOUR, Limit, Tx},
    domain::staff::Actor,
    kernel::{AtField, Error, FieldCode, Result, Viewer},
};

/// Maximum number of offers of one member or key and hour.
pub(super) const OFFERS: Limit = Limit::new("offer-transfer", 60, "offers of animals", HOUR);

/// Where animals have left.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Left {
    /// A report was closed.
    Report(PetId),
    /// Stays ended.
    Stays(Vec<StayId>),
}

/// Whether the viewer may know of an offer: who sees the animals of one of the two shelters, and the member who offers.
pub(super) fn may_see(actor: &Actor, transfer: &transfer::Model) -> bool {
    may_see_offering_side(actor, transfer) || actor.may_see_animals(transfer.to_shelter)
}

/// Whether the viewer sees how the offering side keeps the animal.
pub fn may_see_offering_side(actor: &Actor, transfer: &transfer::Model) -> bool {
    match transfer.from_shelter {
        Some(shelter) => actor.may_see_animals(shelter),
        None => is_finder(actor, transfer),
    }
}

/// Whether the viewer may take the offer back.
pub(super) fn may_withdraw(actor: &Actor, transfer: &transfer::Model) -> bool {
    match transfer.from_shelter {
        Some(shelter) => actor.may_transfer_animals(shelter),
        None => is_finder(actor, transfer),
    }
}

fn is_finder(actor: &Actor, transfer: &transfer::Model) -> bool {
    transfer.from_shelter.is_none() && actor.viewer.member().is_some() && transfer.offered_by == actor.viewer.actor()
}

/// "Not found" for those who may not know of an offer, and "forbidden" for others.
pub(super) fn refusal(actor: &Actor, transfer: &transfer::Model, message: &'static str) -> Error {
    match may_see(actor, transfer) {
        true => Error::Forbidden(message.into()),
        false => Error::NotFound("transfer"),
    }
}

/// A new offer to that shelter that is not yet about any animal.
pub(super) fn offered(deps: &Deps, tx: &Tx, viewer: &Viewer, to: ShelterId) -> transfer::Model {
    transfer::Model {
        id: TransferId(deps.ids.uuid(tx.now())),
        stay_id: None,
        animal_id: None,
        pet_id: None,
        from_shelter: None,
        to_shelter: to,
        note: None,
        state: TransferState::Offered,
        offered_by: viewer.actor(),
        offered_at: tx.now(),
        answered_by: None,
        answered_at: None,
        reason: None,
        new_animal_id: None,
    }
}

/// The error for an offer that is no longer open.
pub(super) fn over(state: TransferState) -> Error {
    let message = match state {
        TransferState::Offered => "this offer is open",
        TransferState::Accepted => "this offer was accepted",
        TransferState::Refused => "this offer was refused",
        TransferState::Withdrawn => "this offer was withdrawn",
    };
    Error::field("id", FieldCode::Conflict, format!("{message}: offer the animal anew"))
}

/// The shelter that is to receive an animal. Anybody can register a shelter, so only a verified one gets chips and places.
pub(super) async fn receiving(tx: &Tx, field: &'static str, id: ShelterId) -> Result<shelter::Model> {
    let found = shelter::Entity::find_by_id(id).one(tx).await?;
    let shelter = found.ok_or(Error::NotFound("shelter")).at(field)?;
    if shelter.verified {
        return Ok(shelter);
    }
    let message = "no admin has verified this shelter, so no animal can be handed over to it here";
    Err(Error::field(field, FieldCode::Unverified, message))
}
