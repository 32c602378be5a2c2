//! Offers an animal in a shelter's care to another shelter.

use entity::{
    id::{ShelterId, StayId},
    stay, transfer,
    vocabulary::StayOutcome,
};

use super::{
    model::{OFFERS, offered, receiving},
    store,
};
use crate::{
    deps::{Deps, IdempotencyKey, Remembered, is_repeat, once},
    domain::{
        accounts::audit,
        custody::{self, is_over},
        staff::Actor,
    },
    events::TransferEvent,
    kernel::{AtField, Error, FieldCode, Result, Viewer, text},
};

/// Maximum length of a note in characters.
const NOTE: usize = 1_000;

/// Input for offering an animal.
#[derive(Debug, Clone, PartialEq)]
pub struct OfferTransfer {
    /// The stay in the offering shelter.
    pub stay_id: StayId,
    /// The shelter that is to receive the animal.
    pub to_shelter: ShelterId,
    /// What it should know, at most 1,000 characters.
    pub note: Option<String>,
    /// A repeat with the same key and input within 24 hours returns the first offer.
    pub idempotency_key: Option<IdempotencyKey>,
}

/// Offers the animal of a stay to a verified shelter, whose staff is told. For ADMIN and STAFF of the offering shelter and
/// its keys with `pets:write`. Refused once the stay has ended, and while another offer of it is open.
pub async fn offer_transfer(deps: &Deps, viewer: &Viewer, input: OfferTransfer) -> Result<transfer::Model> {
    viewer.refuse_visitor()?;
    let OfferTransfer {
        stay_id,
        to_shelter,
        note,
        idempotency_key,
    } = input;
    let note = text::optional_prose("note", note.as_deref(), NOTE).map_err(|fault| Error::Invalid(vec![fault]))?;
    let key = idempotency_key.as_ref();
    if !is_repeat(deps, viewer, "offerTransfer", key).await? {
        deps.limit(&OFFERS, viewer.actor()).await?;
    }
    deps.write(async |tx| {
        let reservation = match once(tx, viewer, "offerTransfer", key).await? {
            Remembered::New(reservation) => reservation,
            Remembered::Done(first) => {
                let first = first.parse().map_err(Error::internal)?;
                let actor = Actor::of(tx, viewer).await?;
                return store::find(tx, &actor, first).await.at("idempotencyKey");
            }
        };
        let (animal, stay) = custody::stay_for_update(tx, stay_id).await.at("stayId")?;
        check_offerer(&Actor::of(tx, viewer).await?, &stay)?;
        if is_over(&stay) {
            let message = "this stay has ended: offer an animal that is in your care";
            return Err(Error::field("stayId", FieldCode::Conflict, message));
        }
        if let Some(message) = custody::refuse_held(&stay, StayOutcome::Transferred, tx.now()) {
            return Err(Error::field("stayId", FieldCode::NotAllowed, message));
        }
        let to = receiving(tx, "toShelterId", to_shelter).await?;
        if to.id == stay.shelter_id {
            let message = "the animal is in the care of this shelter already: name another one";
            return Err(Error::field("toShelterId", FieldCode::NotAllowed, message));
        }
        if store::open_of_stay(tx, stay.id).await?.is_some() {
            let message = "this animal is offered to a shelter already: withdraw that offer first";
            return Err(Error::field("stayId", FieldCode::Conflict, message));
        }
        let row = transfer::Model {
            stay_id: Some(stay.id),
            animal_id: Some(animal.id),
            pet_id: stay.pet_id,
            from_shelter: Some(stay.shelter_id),
            note,
            ..offered(deps, tx, viewer, to.id)
        };
        let transfer = store::insert(tx, row).await?;
        let subject = Some(transfer.id.to_string());
        audit(deps, tx, viewer.actor(), "transfer_offered", subject, None).await?;
        tx.announce(TransferEvent::TransferOffered {
            transfer_id: transfer.id,
        });
        reservation.fulfil(tx, transfer.id).await?;
        Ok(transfer)
    })
    .await
}

fn check_offerer(actor: &Actor, stay: &stay::Model) -> Result<()> {
    if actor.may_transfer_animals(stay.shelter_id) {
        return Ok(());
    }
    if actor.may_see_animals(stay.shelter_id) {
        let message = "only ADMIN and STAFF of a shelter, and its keys with pets:write, can offer its animals";
        return Err(Error::Forbidden(message.into()));
    }
    Err(Error::NotFound("stay")).at("stayId")
}
