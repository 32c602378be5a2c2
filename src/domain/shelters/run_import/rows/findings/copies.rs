//! Detects animals that the shelter seems to have already, under other ids.

use std::collections::HashMap;

use entity::{
    id::{PetId, ShelterAnimalId},
    import, pet, shelter_animal,
};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QuerySelect};

use super::warnings::Noted;
use crate::{
    deps::{Deps, Tx},
    domain::pets::{self, Traits},
    kernel::{Result, Viewer},
};
use import_reader::{ImportedAnimal, RowWarning};

/// Whether the shelter had animals before this import: otherwise there can be no copies.
pub(in crate::domain::shelters::run_import) async fn may_be(deps: &Deps, import: &import::Model) -> Result<bool> {
    let earlier = pets::visible_to(&Viewer::System)
        .filter(pet::COLUMN.shelter_id.eq(import.shelter_id))
        .filter(pet::COLUMN.reported_at.lt(import.created_at))
        .select_only()
        .column(pet::Column::Id)
        .limit(1);
    Ok(earlier.into_tuple::<PetId>().one(deps.db.read()).await?.is_some())
}

/// A warning for each new animal that is probably a known one under another id.
pub(in crate::domain::shelters::run_import::rows) async fn warnings(
    tx: &Tx,
    import: &import::Model,
    new: &[(u32, &ImportedAnimal)],
) -> Result<Vec<Noted>> {
    if new.is_empty() {
        return Ok(Vec::new());
    }
    let traits: Vec<Traits> = new.iter().map(|(_, animal)| traits_of(animal)).collect();
    let mut known = pets::copies_among(tx, import.shelter_id, &traits).await?;
    known.retain(|pet| pet.reported_at < import.created_at);
    let own_ids = own_ids(tx, &known).await?;
    let noted = new.iter().zip(&traits).filter_map(|((line, animal), traits)| {
        let copy = known.iter().find(|pet| traits.fit(&Traits::of(pet)))?;
        let own_id = copy.animal_id.and_then(|id| own_ids.get(&id)).map(String::as_str);
        Some((*line, warning(animal, traits, (copy, own_id))))
    });
    Ok(noted.collect())
}

/// The shelter's own ids of the animals of these reports, where they have any.
async fn own_ids(tx: &Tx, pets: &[pet::Model]) -> Result<HashMap<ShelterAnimalId, String>> {
    let ids: Vec<ShelterAnimalId> = pets.iter().filter_map(|pet| pet.animal_id).collect();
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let named = shelter_animal::Entity::find()
        .select_only()
        .columns([shelter_animal::Column::Id, shelter_animal::Column::ExternalId])
        .filter(shelter_animal::COLUMN.id.is_in(ids))
        .filter(shelter_animal::COLUMN.external_id.is_not_null());
    Ok(named.into_tuple().all(tx).await?.into_iter().collect())
}

fn traits_of(animal: &ImportedAnimal) -> Traits {
    Traits {
        chips: animal.microchips.clone(),
        name: animal.name.clone(),
        breed: animal.breed.primary.clone(),
        sex: animal.sex,
        seen_at: animal.seen_at,
    }
}

fn warning(animal: &ImportedAnimal, traits: &Traits, (copy, own_id): (&pet::Model, Option<&str>)) -> RowWarning {
    let known = own_id.unwrap_or("a report of your staff");
    let both_chipped = !traits.chips.is_empty() && !pets::chips_of(copy).is_empty();
    let equal = match both_chipped {
        true => "an equal microchip",
        false => "the same name, breed, sex and day of intake",
    };
    RowWarning {
        column: String::new(),
        value: animal.external_id.clone(),
        message: format!(
            "this is likely a copy of {known}, which has {equal}: keep one id for one animal, or close the other report"
        ),
    }
}
