//! Ends reports.

use entity::{
    id::PetId,
    pet,
    vocabulary::{PetStatus, PetVisibility},
};
use sea_orm::{ActiveValue::Set, EntityTrait, IntoActiveModel};

use crate::{
    deps::Tx,
    domain::{
        pets::{live::is_live, model::can_become, policy::may_edit, search_text::search_text, store::find_for_update},
        staff::Actor,
    },
    events::PetEvent,
    kernel::{Error, FieldCode, Result, Viewer},
};

/// The report that a viewer wants to close with that outcome, locked until the transaction ends. Fails unless the
/// outcome is one that people may give and the viewer may edit the report; the step itself is left to [`check_step`].
///
/// [`check_step`]: crate::domain::pets::check_step
pub async fn report_to_close(tx: &Tx, viewer: &Viewer, id: PetId, outcome: PetStatus) -> Result<pet::Model> {
    if is_live(outcome) || outcome == PetStatus::Expired {
        let message = "outcome must be one of REUNITED, ADOPTED, TRANSFERRED, CLOSED";
        return Err(Error::field("outcome", FieldCode::NotAllowed, message));
    }
    let actor = Actor::of(tx, viewer).await?;
    let pet = find_for_update(tx, viewer, id).await?;
    if !may_edit(&actor, &pet) {
        return Err(Error::Forbidden(
            "only the reporter and the staff of its shelter can close a report".into(),
        ));
    }
    Ok(pet)
}

/// Closes a report and hides it, because its reporter's account is deleted, and takes out what was private or in the
/// reporter's own words: also where it exactly was, and those words among the ones that it is found by. Its masked point
/// stays, with the name of the town. Running it twice changes nothing more.
pub async fn erase_report(tx: &Tx, id: PetId) -> Result<()> {
    let mut pet = find_for_update(tx, &Viewer::System, id).await?;
    if can_become(pet.kind, pet.status, PetStatus::Closed) {
        pet = close(tx, pet, PetStatus::Closed).await?;
    }
    let version = pet.version + 1;
    let mut row = pet.into_active_model();
    row.visibility = Set(PetVisibility::Hidden);
    row.private_marks = Set("[]".to_owned());
    for text in [
        &mut row.description,
        &mut row.breed_raw,
        &mut row.markings,
        &mut row.collar,
        &mut row.microchip,
        &mut row.second_microchip,
        &mut row.microchip_raw,
        &mut row.past_anchors,
        &mut row.postal_code,
        &mut row.address,
    ] {
        *text = Set(None);
    }
    for degrees in [
        &mut row.latitude,
        &mut row.longitude,
        &mut row.anchor_latitude,
        &mut row.anchor_longitude,
    ] {
        *degrees = Set(None);
    }
    row.search_text = Set(search_text(&row));
    row.reward = Set(None);
    row.version = Set(version);
    row.updated_at = Set(tx.now());
    pet::Entity::update(row).exec(tx).await?;
    tx.announce(PetEvent::PetChanged { pet_id: id });
    Ok(())
}

/// Closes a report that is still open. The caller has locked it and checked the step.
pub async fn close(tx: &Tx, pet: pet::Model, outcome: PetStatus) -> Result<pet::Model> {
    let (id, version) = (pet.id, pet.version + 1);
    let mut row = pet.into_active_model();
    row.status = Set(outcome);
    row.closed_at = Set(Some(tx.now()));
    row.updated_at = Set(tx.now());
    row.version = Set(version);
    let pet = pet::Entity::update(row).exec(tx).await?;
    tx.announce(PetEvent::PetClosed { pet_id: id });
    Ok(pet)
}
