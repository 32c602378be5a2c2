//! Offers an animal that a member has found to a shelter.

use entity::{
    id::{PetId, ShelterId},
    pet, transfer,
    vocabulary::PetKind,
};

use super::{
    model::{OFFERS, offered, receiving},
    store,
};
use crate::{
    deps::Deps,
    domain::{
        accounts::audit,
        pets::{self, is_live, policy::is_reporter},
        staff::Actor,
    },
    events::TransferEvent,
    kernel::{AtField, Error, FieldCode, Result, Viewer},
};

/// Offers the animal of a report to a verified shelter, to which its finder brings it. Only for the member who made the
/// report, and only for an animal that was found: who has just seen one has nothing to bring. The same again while the
/// offer is open gives that offer.
pub async fn transfer_pet(
    deps: &Deps,
    viewer: &Viewer,
    pet_id: PetId,
    shelter_id: ShelterId,
) -> Result<transfer::Model> {
    let member = viewer.require_member()?;
    deps.limit(&OFFERS, member).await?;
    deps.write(async |tx| {
        let actor = Actor::of(tx, viewer).await?;
        let pet = pets::find_for_update(tx, viewer, pet_id).await.at("petId")?;
        if !is_reporter(&actor, &pet) {
            let message = "only the member who made the report can bring the animal to a shelter";
            return Err(Error::Forbidden(message.into()));
        }
        if let Some(open) = store::open_of_pet(tx, pet.id).await? {
            return match open.to_shelter == shelter_id {
                true => Ok(open),
                false => {
                    let message = "this animal is offered to another shelter already: withdraw that offer first";
                    Err(Error::field("petId", FieldCode::Conflict, message))
                }
            };
        }
        check(&pet)?;
        let to = receiving(tx, "shelterId", shelter_id).await?;
        let row = transfer::Model {
            pet_id: Some(pet.id),
            ..offered(deps, tx, viewer, to.id)
        };
        let transfer = store::insert(tx, row).await?;
        let subject = Some(transfer.id.to_string());
        audit(deps, tx, viewer.actor(), "transfer_offered", subject, None).await?;
        tx.announce(TransferEvent::TransferOffered {
            transfer_id: transfer.id,
        });
        Ok(transfer)
    })
    .await
}

fn check(pet: &pet::Model) -> Result<()> {
    if pet.kind != PetKind::Found || pet.shelter_id.is_some() {
        let message = "only an animal that you have found and keep can be brought to a shelter: its report must be FOUND, and of no shelter";
        return Err(Error::field("petId", FieldCode::NotAllowed, message));
    }
    if !is_live(pet.status) {
        let message = "this report is closed: make a new report of the animal";
        return Err(Error::field("petId", FieldCode::Conflict, message));
    }
    Ok(())
}
