//! The reports of stays.

use entity::{
    Timestamp,
    id::PetId,
    pet, shelter_animal, stay,
    vocabulary::{PetKind, PetStatus, PetVisibility},
};
use sea_orm::{ActiveValue::Set, EntityTrait, IntoActiveModel};

use super::{describe::report_columns, model::status_after};
use crate::{
    deps::{Deps, Tx},
    domain::pets::{self, Located},
    kernel::{Result, Viewer},
};

/// A report of an animal, made for its shelter. It points to the animal's former report, and shares its visibility: what
/// moderators have hidden does not come back as a new report.
pub fn new_report(
    deps: &Deps,
    animal: &shelter_animal::Model,
    (kind, seen_at): (PetKind, Timestamp),
    (located, former): (&Located, Option<&pet::Model>),
    now: Timestamp,
) -> pet::ActiveModel {
    let mut row = pet::ActiveModel {
        id: Set(PetId(deps.ids.uuid(now))),
        kind: Set(kind),
        status: Set(PetStatus::Open),
        closed_at: Set(None),
        urgent: Set(false),
        private_marks: Set("[]".to_owned()),
        reward: Set(None),
        seen_at: Set(seen_at),
        reporter_id: Set(None),
        shelter_id: Set(Some(animal.shelter_id)),
        animal_id: Set(Some(animal.id)),
        former_pet_id: Set(former.map(|report| report.id)),
        reported_at: Set(now),
        updated_at: Set(now),
        version: Set(1),
        visibility: Set(former.map_or(PetVisibility::Visible, |report| report.visibility)),
        ..Default::default()
    };
    pets::unowned_place_columns(deps, &mut row, located, None);
    report_columns(&mut row, animal, now);
    row
}

/// A report of an animal that a member found and brought to the shelter, where it was found. The shelter learns the exact
/// place; everybody else sees the point that the member's report shows. If the place is not known, it is the shelter's.
pub fn report_of_brought(
    deps: &Deps,
    animal: &shelter_animal::Model,
    (found, at_shelter): (&pet::Model, &Located),
    now: Timestamp,
) -> pet::ActiveModel {
    let mut row = new_report(deps, animal, (PetKind::Sheltered, now), (at_shelter, Some(found)), now);
    if found.latitude.is_some() {
        pets::same_place_columns(&mut row, found);
        row.search_text = Set(pets::search_text(&row));
    }
    row
}

/// Ends the report of a stay that has ended, if it is still open; a closed one follows a corrected outcome.
pub async fn close_report(tx: &Tx, stay: &stay::Model) -> Result<()> {
    let (Some(id), Some(outcome)) = (stay.pet_id, stay.outcome) else {
        return Ok(());
    };
    let (pet, status) = (
        pets::find_for_update(tx, &Viewer::System, id).await?,
        status_after(outcome),
    );
    if pets::is_live(pet.status) {
        pets::close(tx, pet, status).await?;
    } else if pet.status != status {
        let version = pet.version + 1;
        let mut row = pet.into_active_model();
        (row.status, row.version, row.updated_at) = (Set(status), Set(version), Set(tx.now()));
        pet::Entity::update(row).exec(tx).await?;
    }
    Ok(())
}
