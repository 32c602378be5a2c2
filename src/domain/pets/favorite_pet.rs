//! Keeps an eye on a report, or no longer.

use entity::{favorite, id::PetId, pet};
use sea_orm::{ActiveValue::Set, EntityTrait, sea_query::OnConflict};

use super::store::find;
use crate::{
    deps::Deps,
    kernel::{Result, Viewer},
};

/// Makes a report one of the member's favourites. Doing it twice changes nothing.
pub async fn favorite_pet(deps: &Deps, viewer: &Viewer, id: PetId) -> Result<pet::Model> {
    let member_id = viewer.require_member()?;
    deps.write(async |tx| {
        let pet = find(tx, viewer, id).await?;
        let row = favorite::ActiveModel {
            member_id: Set(member_id),
            pet_id: Set(id),
            created_at: Set(tx.now()),
        };
        favorite::Entity::insert(row)
            .on_conflict(OnConflict::new().do_nothing().to_owned())
            .exec_without_returning(tx)
            .await?;
        Ok(pet)
    })
    .await
}

/// Takes a report out of the member's favourites. Doing it twice changes nothing.
pub async fn unfavorite_pet(deps: &Deps, viewer: &Viewer, id: PetId) -> Result<pet::Model> {
    let member_id = viewer.require_member()?;
    deps.write(async |tx| {
        let pet = find(tx, viewer, id).await?;
        favorite::Entity::delete_by_id((member_id, id)).exec(tx).await?;
        Ok(pet)
    })
    .await
}
