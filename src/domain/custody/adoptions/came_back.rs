//! Adopted animals that came back to a shelter: the same one, or another one, where their chip tells who they are.

use std::collections::{BTreeSet, HashMap};

use entity::{
    Timestamp,
    id::{ShelterAnimalId, StayId},
    shelter_animal, stay,
    vocabulary::StayOutcome,
};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect,
    sea_query::{Expr, SimpleExpr},
};

use crate::{
    domain::custody::store::{animals_of_stays, was_real},
    kernel::Result,
};

/// Number of stays per query.
const READ_AT_ONCE: usize = 500;

/// That the animal of a row of `stays` has a later one. Who went home again from there had only strayed: the home still
/// stands.
const CAME_BACK: &str = "(EXISTS (SELECT 1 FROM stays AS later WHERE later.animal_id = stays.animal_id \
     AND later.id <> stays.id AND later.intake_at >= stays.outcome_at \
     AND (later.outcome IS NULL OR later.outcome NOT IN ('undone', 'returned_to_owner'))) \
     OR EXISTS (SELECT 1 FROM shelter_animals AS own \
     JOIN shelter_animals AS known ON known.microchip = own.microchip AND known.id <> own.id \
     JOIN stays AS later ON later.animal_id = known.id \
     WHERE own.id = stays.animal_id AND own.microchip IS NOT NULL AND later.intake_at >= stays.outcome_at \
     AND (later.outcome IS NULL OR later.outcome NOT IN ('undone', 'returned_to_owner'))))";

/// Condition: the animal of a stay that ended came back. [`came_back_at`] tells when.
pub(super) fn came_back() -> SimpleExpr {
    Expr::cust(CAME_BACK)
}

/// When the animals of these stays came back after their ends, as far as they did.
pub(super) async fn came_back_at(
    db: &impl ConnectionTrait,
    stays: &[stay::Model],
) -> Result<HashMap<StayId, Timestamp>> {
    let mut back = HashMap::new();
    for stays in stays.chunks(READ_AT_ONCE) {
        let records = records_of(db, stays).await?;
        let ids: BTreeSet<ShelterAnimalId> = records.values().flatten().copied().collect();
        let intakes = intakes_of(db, ids).await?;
        for stay in stays {
            let Some(left_at) = stay.outcome_at else { continue };
            let known = records.get(&stay.animal_id).into_iter().flatten();
            let later = known.filter_map(|animal| intakes.get(animal)).flatten();
            let later = later.filter(|(id, at)| *id != stay.id && left_at <= *at);
            back.extend(later.map(|(_, at)| *at).min().map(|at| (stay.id, at)));
        }
    }
    Ok(back)
}

/// All records of each of the animals: its own, and those of animals with the same chip.
async fn records_of(
    db: &impl ConnectionTrait,
    stays: &[stay::Model],
) -> Result<HashMap<ShelterAnimalId, Vec<ShelterAnimalId>>> {
    let animals = animals_of_stays(db, stays).await?;
    let chips: BTreeSet<&str> = animals
        .iter()
        .filter_map(|animal| animal.microchip.as_deref())
        .collect();
    let mut chipped: HashMap<String, Vec<ShelterAnimalId>> = HashMap::new();
    if !chips.is_empty() {
        let same = shelter_animal::Entity::find()
            .select_only()
            .columns([shelter_animal::Column::Microchip, shelter_animal::Column::Id])
            .filter(shelter_animal::Column::Microchip.is_in(chips));
        let same: Vec<(String, ShelterAnimalId)> = same.into_tuple().all(db).await?;
        for (chip, id) in same {
            chipped.entry(chip).or_default().push(id);
        }
    }
    let records = |animal: shelter_animal::Model| {
        let same = animal.microchip.and_then(|chip| chipped.get(&chip).cloned());
        (animal.id, same.unwrap_or_else(|| vec![animal.id]))
    };
    Ok(animals.into_iter().map(records).collect())
}

/// When these animals were taken in, without the stays from which they went home.
async fn intakes_of(
    db: &impl ConnectionTrait,
    animals: BTreeSet<ShelterAnimalId>,
) -> Result<HashMap<ShelterAnimalId, Vec<(StayId, Timestamp)>>> {
    let stayed = Condition::any()
        .add(stay::Column::Outcome.is_null())
        .add(stay::Column::Outcome.ne(StayOutcome::ReturnedToOwner));
    let found = stay::Entity::find()
        .select_only()
        .columns([stay::Column::AnimalId, stay::Column::Id, stay::Column::IntakeAt])
        .filter(stay::COLUMN.animal_id.is_in(animals))
        .filter(was_real())
        .filter(stayed);
    let found: Vec<(ShelterAnimalId, StayId, Timestamp)> = found.into_tuple().all(db).await?;
    let mut intakes: HashMap<ShelterAnimalId, Vec<(StayId, Timestamp)>> = HashMap::new();
    for (animal, stay, at) in found {
        intakes.entry(animal).or_default().push((stay, at));
    }
    Ok(intakes)
}
