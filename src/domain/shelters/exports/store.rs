//! Queries for the reports of a shelter's animals.

use std::collections::HashMap;

use entity::{
    id::{PetId, ShelterAnimalId, ShelterId},
    pet,
};
use sea_orm::{ColumnTrait, ConnectionTrait, QueryFilter, QueryOrder, QuerySelect};

use crate::{
    domain::pets,
    kernel::{Result, Viewer},
};

/// All reports about those animals, with their secrets. The caller checks who may have them.
pub(super) async fn reports_about(
    db: &impl ConnectionTrait,
    animals: &[ShelterAnimalId],
) -> Result<HashMap<ShelterAnimalId, Vec<pet::Model>>> {
    let found = pets::visible_to(&Viewer::System).filter(pet::COLUMN.animal_id.is_in(animals.iter().copied()));
    let mut reports: HashMap<ShelterAnimalId, Vec<pet::Model>> = HashMap::new();
    for report in found.all(db).await? {
        if let Some(animal) = report.animal_id {
            reports.entry(animal).or_default().push(report);
        }
    }
    Ok(reports)
}

/// The next open reports of a shelter that everybody may see, in the order of their ids, at most so many.
pub(super) async fn public_reports_after(
    db: &impl ConnectionTrait,
    shelter: ShelterId,
    after: Option<PetId>,
    most: u64,
) -> Result<Vec<pet::Model>> {
    let mut next = pets::visible_to(&Viewer::Visitor)
        .filter(pet::COLUMN.shelter_id.eq(shelter))
        .filter(pets::live());
    if let Some(after) = after {
        next = next.filter(pet::COLUMN.id.gt(after));
    }
    Ok(next.order_by_asc(pet::Column::Id).limit(most).all(db).await?)
}
