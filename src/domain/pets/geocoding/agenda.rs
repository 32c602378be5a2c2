//! Puts places on the agenda of the service, or removes them from it.

use entity::{id::PetId, pet, sighting};

use super::{given_place::GivenPlace, need::Need};
use crate::{
    deps::{Deps, Tx},
    domain::places::{self, Subject},
    kernel::Result,
};

/// Puts a report on the agenda if the service may improve its place; otherwise removes it.
pub async fn note_pet(deps: &Deps, tx: &Tx, pet: &pet::Model) -> Result<()> {
    note(deps, tx, Subject::Pet(pet.id), &GivenPlace::from(pet)).await
}

/// The same for a sighting.
pub async fn note_sighting(deps: &Deps, tx: &Tx, sighting: &sighting::Model) -> Result<()> {
    note(deps, tx, Subject::Sighting(sighting.id), &GivenPlace::from(sighting)).await
}

/// Puts the reports whose place the service may improve on the agenda; for imports, which have rows instead of models.
pub async fn note_places(deps: &Deps, tx: &Tx, rows: &[pet::ActiveModel]) -> Result<()> {
    if !places::is_online(deps) {
        return Ok(());
    }
    let wanted = rows.iter().filter_map(|row| {
        Need::of(deps, &GivenPlace::from(row))?;
        Some(Subject::Pet(PetId(row.id.try_as_ref()?.0)))
    });
    places::want(tx, &wanted.collect::<Vec<_>>()).await
}

async fn note(deps: &Deps, tx: &Tx, subject: Subject, given_place: &GivenPlace) -> Result<()> {
    if !places::is_online(deps) {
        return Ok(());
    }
    match Need::of(deps, given_place) {
        Some(_) => places::want(tx, &[subject]).await,
        None => places::forget(tx, subject).await,
    }
}
