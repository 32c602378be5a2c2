//! Detects animals that the shelter seems to have already, under other ids.

use entity::{id::PetId, import, pet};
use sea_orm::{ColumnTrait, QueryFilter, QuerySelect};

use super::warnings::Noted;
use crate::{
    deps::{Deps, Tx},
    domain::pets::{self, Traits},
    kernel::{Result, Viewer},
};
use import_reader::{ImportedAnimal, RowWarning};

/// Whether the shelter had animals before this import: otherwise there can be no copies.
pub(super) async fn may_be(deps: &Deps, import: &import::Model) -> Result<bool> {
    let earlier = pets::visible_to(&Viewer::System)
        .filter(pet::COLUMN.shelter_id.eq(import.shelter_id))
        .filter(pet::COLUMN.reported_at.lt(import.created_at))
        .select_only()
        .column(pet::Column::Id)
        .limit(1);
    Ok(earlier.into_tuple::<PetId>().one(deps.db.read()).await?.is_some())
}

/// A warning for each new animal that is probably a known one under another id.
pub(super) async fn warnings(tx: &Tx, import: &import::Model, new: &[(u32, &ImportedAnimal)]) -> Result<Vec<Noted>> {
    if new.is_empty() {
        return Ok(Vec::new());
    }
    let traits: Vec<Traits> = new.iter().map(|(_, animal)| traits_of(animal)).collect();
    let mut known = pets::copies_among(tx, import.shelter_id, &traits).await?;
    known.retain(|pet| pet.reported_at < import.created_at);
    let noted = new.iter().zip(&traits).filter_map(|((line, animal), traits)| {
        let copy = known.iter().find(|pet| traits.fit(&Traits::of(pet)))?;
        Some((*line, warning(animal, traits, copy)))
    });
    Ok(noted.collect())
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

fn warning(animal: &ImportedAnimal, traits: &Traits, copy: &pet::Model) -> RowWarning {
    let known = copy.external_id.as_deref().unwrap_or("a report of your staff");
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
