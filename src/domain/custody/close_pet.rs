//! Closes a report, and with it the stay that publishes it.

use entity::{id::PetId, pet, vocabulary::PetStatus};

use super::{
    adoptions::refusals,
    model::{is_over, outcome_after},
    records::Change,
    store,
};
use crate::{
    deps::{Deps, Tx},
    domain::pets::{self, can_become, check_step},
    kernel::{Error, FieldCode, Result, Viewer},
};

/// Closes a report as reunited, adopted, transferred or closed. A closed report cannot be reopened; repeating the same
/// outcome changes nothing. The stay of the animal ends with its report; one that is kept for its owner is not given away,
/// nor is one adopted that somebody looks for.
#[tracing::instrument(skip_all, fields(pet.id = %id))]
pub async fn close_pet(deps: &Deps, viewer: &Viewer, id: PetId, outcome: PetStatus) -> Result<pet::Model> {
    viewer.refuse_visitor()?;
    deps.write(async |tx| {
        let pet = pets::report_to_close(tx, viewer, id, outcome).await?;
        if pet.status == outcome {
            return Ok(pet);
        }
        check_step("outcome", pet.kind, pet.status, outcome)?;
        close(tx, pet, outcome, &viewer.actor()).await
    })
    .await
}

/// Closes a report as reunited, because its people have said that it is about the animal of another report that was;
/// nothing happens if it is closed already.
pub async fn reunite(tx: &Tx, id: PetId) -> Result<()> {
    let pet = pets::find_for_update(tx, &Viewer::System, id).await?;
    if can_become(pet.kind, pet.status, PetStatus::Reunited) {
        close(tx, pet, PetStatus::Reunited, &Viewer::System.actor()).await?;
    }
    Ok(())
}

async fn close(tx: &Tx, pet: pet::Model, status: PetStatus, by: &str) -> Result<pet::Model> {
    let stay = match pet.animal_id {
        Some(_) => store::stay_of_pet_for_update(tx, pet.id).await?,
        None => None,
    };
    if let Some(stay) = stay.filter(|stay| !is_over(stay))
        && let Some(outcome) = outcome_after(status)
    {
        let refused = refusals(tx, std::slice::from_ref(&stay), outcome).await?;
        if let Some(message) = refused.into_values().next() {
            return Err(Error::field("outcome", FieldCode::NotAllowed, message));
        }
        let mut change = Change::of(stay, tx.now(), by);
        change.end(outcome, tx.now());
        change.save(tx).await?;
    }
    pets::close(tx, pet, status).await
}
