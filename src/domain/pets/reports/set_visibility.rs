//! Hides a report or shows it again.

use entity::{
    id::{PetId, PhotoId},
    pet, pet_photo, sighting,
    vocabulary::{PetVisibility, Role},
};
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, QuerySelect};

use crate::{
    deps::{Deps, Tx},
    domain::{accounts::audit, pets::store::find_for_update, photos},
    events::PetEvent,
    kernel::{Result, Viewer},
};

/// Number of photos per statement.
const AT_ONCE: usize = 500;

/// Hides a report from everybody except those listed at [`crate::domain::pets::policy::seen_by`], or shows it to
/// everybody again.
/// Everything attached to the report is hidden and shown with it. Only for moderators, who decide on reports of abuse.
/// Repeating the call changes nothing. The content of the report does not change, and neither does its version.
#[tracing::instrument(skip_all, fields(pet.id = %id))]
pub async fn set_visibility(deps: &Deps, viewer: &Viewer, id: PetId, visibility: PetVisibility) -> Result<pet::Model> {
    viewer.require_role(Role::Moderator, "only moderators can hide a report or show it again")?;
    deps.write(async |tx| {
        let pet = find_for_update(tx, viewer, id).await?;
        if pet.visibility == visibility {
            return Ok(pet);
        }
        let mut row = pet.into_active_model();
        row.visibility = Set(visibility);
        let pet = pet::Entity::update(row).exec(tx).await?;
        for photos in photos_of(tx, id).await?.chunks(AT_ONCE) {
            photos::note_shown(tx, photos).await?;
        }
        let action = match visibility {
            PetVisibility::Visible => "pet_shown",
            PetVisibility::Hidden => "pet_hidden",
        };
        audit(deps, tx, viewer.actor(), action, Some(id.to_string()), None).await?;
        tx.announce(PetEvent::PetChanged { pet_id: id });
        Ok(pet)
    })
    .await
}

/// The photos of a report and of its sightings.
async fn photos_of(tx: &Tx, id: PetId) -> Result<Vec<PhotoId>> {
    let own = pet_photo::Entity::find()
        .select_only()
        .column(pet_photo::Column::PhotoId)
        .filter(pet_photo::COLUMN.pet_id.eq(id));
    let of_sightings = sighting::Entity::find()
        .select_only()
        .column(sighting::Column::PhotoId)
        .filter(sighting::COLUMN.pet_id.eq(id))
        .filter(sighting::COLUMN.photo_id.is_not_null());
    let mut photos: Vec<PhotoId> = own.into_tuple().all(tx).await?;
    photos.extend(of_sightings.into_tuple::<PhotoId>().all(tx).await?);
    Ok(photos)
}
