//! How many animals of each species a shelter houses.

use std::collections::HashMap;

use entity::{
    shelter, shelter_animal, stay,
    vocabulary::{Species, StayStage},
};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, Iterable, QueryFilter, QuerySelect, QueryTrait};

use super::stored::capacities_of;
use crate::{domain::custody, kernel::Result};

/// A species in a shelter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SpeciesOccupancy {
    /// The species.
    pub species: Species,
    /// How many the shelter houses now.
    pub present: u64,
    /// How many it can house; `None` if it did not say.
    pub capacity: Option<i32>,
}

impl SpeciesOccupancy {
    /// The present animals as a percentage of the capacity; `None` without a capacity.
    pub fn percent(&self) -> Option<f64> {
        percent(self.present, self.capacity)
    }
}

/// A number of animals as a percentage of a capacity; `None` without a capacity.
pub(in crate::domain::shelters) fn percent(animals: u64, capacity: Option<i32>) -> Option<f64> {
    let capacity = capacity.filter(|capacity| 0 < *capacity)?;
    Some(animals as f64 * 100.0 / f64::from(capacity))
}

/// The species that a shelter houses or has said a capacity for, in the order of the vocabulary; public. Animals in foster
/// homes are not counted.
pub async fn occupancy_by_species(
    db: &impl ConnectionTrait,
    shelter: &shelter::Model,
) -> Result<Vec<SpeciesOccupancy>> {
    let housed = custody::present(shelter.id)
        .filter(stay::COLUMN.stage.ne(StayStage::Foster))
        .select_only()
        .column(stay::Column::AnimalId)
        .into_query();
    let counted: Vec<(Species, i64)> = shelter_animal::Entity::find()
        .select_only()
        .column(shelter_animal::Column::Species)
        .column_as(shelter_animal::Column::Id.count(), "present")
        .filter(shelter_animal::Column::Id.in_subquery(housed))
        .group_by(shelter_animal::Column::Species)
        .into_tuple()
        .all(db)
        .await?;
    let present: HashMap<Species, i64> = counted.into_iter().collect();
    let capacities = capacities_of(shelter)?;
    let of_species = |species: Species| {
        let capacity = capacities.iter().find(|capacity| capacity.species == species);
        let present = present.get(&species).copied();
        (present.is_some() || capacity.is_some()).then(|| SpeciesOccupancy {
            species,
            present: u64::try_from(present.unwrap_or_default()).unwrap_or_default(),
            capacity: capacity.map(|capacity| capacity.capacity),
        })
    };
    Ok(Species::iter().filter_map(of_species).collect())
}
