//! Changes a report.

use entity::{id::PetId, pet};
use sea_orm::{ActiveValue::Set, EntityTrait, IntoActiveModel, TryIntoModel};

use super::{
    details::{self, Details, Told},
    photos::set_photos,
};
use crate::{
    deps::{Deps, Tx},
    domain::{
        pets::{geocoding::note_pet, policy::may_edit, store::find_for_update},
        staff::Actor,
    },
    events::PetEvent,
    kernel::{Error, FieldCode, Result, Viewer},
};

/// The change to a report.
#[derive(Debug, Clone, PartialEq)]
pub struct UpdatePet {
    /// The report.
    pub id: PetId,
    /// The version that the change is based on; any version if not given.
    pub expected_version: Option<i32>,
    /// The changes.
    pub details: Details,
}

/// A report that was changed.
#[derive(Debug, Clone)]
pub struct Updated {
    /// The report.
    pub pet: pet::Model,
    /// Number of contact details that were hidden in the new text.
    pub contacts_hidden: usize,
}

/// Changes a report. Nothing is written or announced if nothing differs. `go_along` follows in the same transaction if the
/// report is of an animal of a shelter's.
#[tracing::instrument(skip_all, fields(pet.id = %input.id))]
pub async fn update_pet(
    deps: &Deps,
    viewer: &Viewer,
    input: UpdatePet,
    go_along: impl AsyncFnOnce(&Tx, &pet::Model, Told) -> Result<()>,
) -> Result<Updated> {
    let UpdatePet {
        id,
        expected_version,
        details,
    } = input;
    viewer.refuse_visitor()?;
    deps.write(async |tx| {
        let actor = Actor::of(tx, viewer).await?;
        let before = find_for_update(tx, viewer, id).await?;
        if !may_edit(&actor, &before) {
            return Err(Error::Forbidden(
                "only the reporter and the staff of its shelter can change a report".into(),
            ));
        }
        if expected_version.is_some_and(|expected| expected != before.version) {
            let message = format!(
                "the report has changed meanwhile; its version is {}: fetch it and try again",
                before.version
            );
            return Err(Error::field("expectedVersion", FieldCode::Conflict, message));
        }
        let mut row = before.clone().into_active_model();
        let told = details::apply(deps, tx, &mut row, &details, Some(&before)).await?;
        let contacts_hidden = told.contacts_hidden;
        let new_photos = match &details.photo_ids {
            Some(photos) => set_photos(tx, viewer, id, photos).await?,
            None => false,
        };
        let differs = new_photos || row.clone().try_into_model()? != before;
        let pet = match differs {
            true => write(deps, tx, row, before.version + 1, details.location.is_some()).await?,
            false => before,
        };
        if pet.animal_id.is_some() {
            go_along(tx, &pet, told).await?;
        }
        Ok(Updated { pet, contacts_hidden })
    })
    .await
}

async fn write(deps: &Deps, tx: &Tx, mut row: pet::ActiveModel, version: i32, is_placed: bool) -> Result<pet::Model> {
    row.version = Set(version);
    row.updated_at = Set(tx.now());
    let pet = pet::Entity::update(row).exec(tx).await?;
    tx.announce(PetEvent::PetChanged { pet_id: pet.id });
    if is_placed {
        note_pet(deps, tx, &pet).await?;
    }
    Ok(pet)
}
