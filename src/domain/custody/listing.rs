//! Goes through all animals or stays of a shelter, a page at a time in an order that never changes: what is there from the
//! first page to the last is found once, whatever else happens meanwhile. The callers check that the viewer may see them.

use std::collections::HashMap;

use entity::{
    Timestamp,
    id::{PetId, ShelterAnimalId, ShelterId, StayId},
    shelter_animal, stay, stay_event,
    vocabulary::StayEventKind,
};
use sea_orm::{ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Select};

use super::store::{present, was_real};
use crate::kernel::Result;

/// The animals of a shelter that it knew after that one, first known first, at most so many. An index has this order.
pub async fn animals_after(
    db: &impl ConnectionTrait,
    shelter: ShelterId,
    after: Option<(Timestamp, ShelterAnimalId)>,
    most: u64,
) -> Result<Vec<shelter_animal::Model>> {
    let mut next = shelter_animal::Entity::find().filter(shelter_animal::COLUMN.shelter_id.eq(shelter));
    if let Some((created_at, id)) = after {
        let behind = Condition::any()
            .add(shelter_animal::COLUMN.created_at.gt(created_at))
            .add(shelter_animal::COLUMN.id.gt(id));
        next = next
            .filter(shelter_animal::COLUMN.created_at.gte(created_at))
            .filter(behind);
    }
    let next = next
        .order_by_asc(shelter_animal::Column::CreatedAt)
        .order_by_asc(shelter_animal::Column::Id)
        .limit(most);
    Ok(next.all(db).await?)
}

/// All stays of those animals that were not taken back, the earliest intake first.
pub async fn stays_of_animals(
    db: &impl ConnectionTrait,
    animals: &[ShelterAnimalId],
) -> Result<HashMap<ShelterAnimalId, Vec<stay::Model>>> {
    let found = stay::Entity::find()
        .filter(stay::COLUMN.animal_id.is_in(animals.iter().copied()))
        .filter(was_real())
        .order_by_asc(stay::Column::IntakeAt)
        .order_by_asc(stay::Column::Id);
    let mut stays: HashMap<ShelterAnimalId, Vec<stay::Model>> = HashMap::new();
    for stay in found.all(db).await? {
        stays.entry(stay.animal_id).or_default().push(stay);
    }
    Ok(stays)
}

/// The next stays that touch the time from one instant to another, at most so many, each with its animal.
pub async fn stays_between(
    db: &impl ConnectionTrait,
    shelter: ShelterId,
    (from, to): (Timestamp, Timestamp),
    after: Option<StayId>,
    most: u64,
) -> Result<Vec<(stay::Model, shelter_animal::Model)>> {
    let not_over = Condition::any()
        .add(stay::COLUMN.outcome_at.is_null())
        .add(stay::COLUMN.outcome_at.gte(from));
    let mut next = of_shelter(shelter)
        .filter(stay::COLUMN.intake_at.lt(to))
        .filter(not_over);
    if let Some(after) = after {
        next = next.filter(stay::COLUMN.id.gt(after));
    }
    let stays = next.order_by_asc(stay::Column::Id).limit(most).all(db).await?;
    let animals =
        shelter_animal::Entity::find().filter(shelter_animal::COLUMN.id.is_in(stays.iter().map(|stay| stay.animal_id)));
    let animals: HashMap<ShelterAnimalId, shelter_animal::Model> = animals
        .all(db)
        .await?
        .into_iter()
        .map(|animal| (animal.id, animal))
        .collect();
    let with_animal = |stay: stay::Model| Some((animals.get(&stay.animal_id).cloned()?, stay));
    Ok(stays
        .into_iter()
        .filter_map(with_animal)
        .map(|(animal, stay)| (stay, animal))
        .collect())
}

/// The changes of stage in those stays, in the order in which they were told.
pub async fn stage_changes_of(
    db: &impl ConnectionTrait,
    stays: &[StayId],
) -> Result<HashMap<StayId, Vec<stay_event::Model>>> {
    let found = stay_event::Entity::find()
        .filter(stay_event::COLUMN.stay_id.is_in(stays.iter().copied()))
        .filter(stay_event::COLUMN.kind.eq(StayEventKind::StageChanged))
        .order_by_asc(stay_event::Column::StayId)
        .order_by_asc(stay_event::Column::Number);
    let mut changes: HashMap<StayId, Vec<stay_event::Model>> = HashMap::new();
    for event in found.all(db).await? {
        changes.entry(event.stay_id).or_default().push(event);
    }
    Ok(changes)
}

/// The stays that publish those reports.
pub async fn stays_behind(db: &impl ConnectionTrait, pets: &[PetId]) -> Result<HashMap<PetId, stay::Model>> {
    let found = stay::Entity::find().filter(stay::COLUMN.pet_id.is_in(pets.iter().copied()));
    let by_report = |stay: stay::Model| Some((stay.pet_id?, stay));
    Ok(found.all(db).await?.into_iter().filter_map(by_report).collect())
}

/// The present stays that publish a report, the latest intakes first, at most so many.
pub async fn published(db: &impl ConnectionTrait, shelter: ShelterId, most: u64) -> Result<Vec<stay::Model>> {
    let found = present(shelter)
        .filter(stay::COLUMN.pet_id.is_not_null())
        .order_by_desc(stay::Column::IntakeAt)
        .order_by_desc(stay::Column::Id)
        .limit(most);
    Ok(found.all(db).await?)
}

/// All stays in a shelter that were not taken back.
pub(super) fn of_shelter(shelter: ShelterId) -> Select<stay::Entity> {
    stay::Entity::find()
        .filter(stay::COLUMN.shelter_id.eq(shelter))
        .filter(was_real())
}
