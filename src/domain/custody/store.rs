//! Queries for animals and stays. Both are private to their shelter.

use std::collections::{BTreeSet, HashMap};

use entity::{
    Timestamp,
    id::{PetId, ShelterAnimalId, ShelterId, StayId},
    pet, shelter, shelter_animal, stay, stay_event,
    vocabulary::{Species, StayOutcome, StayStage},
};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect,
    QueryTrait, Select,
    sea_query::{Expr, ExprTrait, LockType},
};

use crate::{
    deps::{Direction, Keyset, Tx, containing},
    domain::{pets, staff::Actor},
    kernel::{
        Error, Result, Viewer,
        page::{KeyValue, Page, Slice},
    },
};

/// Maximum number of words that a search text is split into.
const MOST_WORDS: usize = 5;
/// Number of stays that are read at once.
const READ_AT_ONCE: u64 = 500;

/// Which animals of a shelter.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Inventory {
    /// Only those that are in its care now, or only the others.
    pub in_care: Option<bool>,
    /// Only those in one of these stages now; all if empty.
    pub stages: Vec<StayStage>,
    /// Only these species; all if empty.
    pub species: Vec<Species>,
    /// Only those whose name or own id has all of these words in it.
    pub text: Option<String>,
}

/// A page of a shelter's animals, last known first; `None` for viewers who may not see them.
pub async fn animals_of(
    db: &impl ConnectionTrait,
    actor: &Actor,
    shelter: ShelterId,
    (inventory, now): (&Inventory, Timestamp),
    page: &Page,
) -> Result<Option<Slice<shelter_animal::Model>>> {
    let Some(select) = visible_in(actor, shelter, inventory, now) else {
        return Ok(None);
    };
    let order = Keyset {
        list: "shelter animals",
        columns: vec![
            Expr::col(shelter_animal::Column::CreatedAt),
            Expr::col(shelter_animal::Column::Id),
        ],
        direction: Direction::Descending,
    };
    let key = |animal: &shelter_animal::Model| vec![KeyValue::Int(animal.created_at.0), KeyValue::Id(animal.id.0)];
    Ok(Some(order.page(db, select, page, key).await?))
}

/// Number of a shelter's animals.
pub async fn count_animals(
    db: &impl ConnectionTrait,
    actor: &Actor,
    shelter: ShelterId,
    (inventory, now): (&Inventory, Timestamp),
) -> Result<u64> {
    match visible_in(actor, shelter, inventory, now) {
        Some(select) => Ok(select.count(db).await?),
        None => Ok(0),
    }
}

fn visible_in(
    actor: &Actor,
    shelter: ShelterId,
    inventory: &Inventory,
    now: Timestamp,
) -> Option<Select<shelter_animal::Entity>> {
    let Inventory {
        in_care,
        stages,
        species,
        text,
    } = inventory;
    let mut select = shelter_animal::Entity::find().filter(shelter_animal::COLUMN.shelter_id.eq(shelter));
    if !species.is_empty() {
        select = select.filter(shelter_animal::COLUMN.species.is_in(species.iter().copied()));
    }
    let mut here = present(shelter).select_only().column(stay::Column::AnimalId);
    if !stages.is_empty() {
        here = here.filter(in_stages(stages, now));
    }
    let here = here.into_query();
    if in_care == &Some(false) {
        select = select.filter(shelter_animal::Column::Id.not_in_subquery(here));
    } else if in_care.is_some() || !stages.is_empty() {
        select = select.filter(shelter_animal::Column::Id.in_subquery(here));
    }
    for word in text.iter().flat_map(|text| text.split_whitespace()).take(MOST_WORDS) {
        let holds = |column| Expr::expr(sea_orm::sea_query::Func::lower(Expr::col(column))).like(containing(word));
        let found = Condition::any()
            .add(holds(shelter_animal::Column::Name))
            .add(holds(shelter_animal::Column::ExternalId));
        select = select.filter(found);
    }
    actor.may_see_animals(shelter).then_some(select)
}

/// Stays in one of these stages at that time, as the stage of a stay is told.
fn in_stages(stages: &[StayStage], now: Timestamp) -> Condition {
    let stored = |stage: StayStage| Condition::all().add(stay::COLUMN.stage.eq(stage));
    stages.iter().fold(Condition::any(), |any, stage| match stage {
        StayStage::Intake => any.add(stored(StayStage::Intake).add(not_held_at(now))),
        StayStage::Hold => any
            .add(stored(StayStage::Hold))
            .add(stored(StayStage::Intake).add(held_at(now))),
        stage => any.add(stored(*stage)),
    })
}

/// The animals with those ids of shelters whose animals the viewer may see, in no particular order.
pub async fn animals_by_ids(
    db: &impl ConnectionTrait,
    actor: &Actor,
    ids: &[ShelterAnimalId],
) -> Result<Vec<shelter_animal::Model>> {
    let found = shelter_animal::Entity::find().filter(shelter_animal::COLUMN.id.is_in(ids.iter().copied()));
    let mut found = found.all(db).await?;
    found.retain(|animal| actor.may_see_animals(animal.shelter_id));
    Ok(found)
}

/// The animal with that id.
pub async fn find_animal(
    db: &impl ConnectionTrait,
    actor: &Actor,
    id: ShelterAnimalId,
) -> Result<shelter_animal::Model> {
    let found = animals_by_ids(db, actor, &[id]).await?.pop();
    found.ok_or(Error::NotFound("animal"))
}

/// The stays with those ids in shelters whose animals the viewer may see, in no particular order.
pub async fn stays_by_ids(db: &impl ConnectionTrait, actor: &Actor, ids: &[StayId]) -> Result<Vec<stay::Model>> {
    let found = stay::Entity::find().filter(stay::COLUMN.id.is_in(ids.iter().copied()));
    seen(found, db, actor).await
}

/// The stay with that id.
pub async fn find_stay(db: &impl ConnectionTrait, actor: &Actor, id: StayId) -> Result<stay::Model> {
    let found = stays_by_ids(db, actor, &[id]).await?.pop();
    found.ok_or(Error::NotFound("stay"))
}

/// The stays that publish those reports, as far as the viewer may see them, in no particular order.
pub async fn stays_of_pets(db: &impl ConnectionTrait, actor: &Actor, pets: &[PetId]) -> Result<Vec<stay::Model>> {
    let found = stay::Entity::find().filter(stay::COLUMN.pet_id.is_in(pets.iter().copied()));
    seen(found, db, actor).await
}

async fn seen(select: Select<stay::Entity>, db: &impl ConnectionTrait, actor: &Actor) -> Result<Vec<stay::Model>> {
    let mut found = select.all(db).await?;
    found.retain(|stay| actor.may_see_animals(stay.shelter_id));
    Ok(found)
}

/// The stay of an animal that has not ended. The caller checks that the viewer may see the animal.
pub async fn current_stay(db: &impl ConnectionTrait, animal: ShelterAnimalId) -> Result<Option<stay::Model>> {
    let current = of_animal(animal).filter(stay::COLUMN.outcome_at.is_null());
    Ok(current.one(db).await?)
}

/// The texts of animals as the shelter's file has them, where something was masked in them; secret. The caller checks that
/// the viewer may see them.
pub async fn original_texts(
    db: &impl ConnectionTrait,
    ids: &[ShelterAnimalId],
) -> Result<HashMap<ShelterAnimalId, String>> {
    let texts = shelter_animal::Entity::find()
        .select_only()
        .columns([shelter_animal::Column::Id, shelter_animal::Column::OriginalText])
        .filter(shelter_animal::COLUMN.id.is_in(ids.iter().copied()))
        .filter(shelter_animal::COLUMN.original_text.is_not_null());
    Ok(texts.into_tuple().all(db).await?.into_iter().collect())
}

/// A page of an animal's stays, the latest first. The caller checks that the viewer may see the animal.
pub async fn stays_of(db: &impl ConnectionTrait, animal: ShelterAnimalId, page: &Page) -> Result<Slice<stay::Model>> {
    let order = Keyset {
        list: "stays",
        columns: vec![Expr::col(stay::Column::IntakeAt), Expr::col(stay::Column::Id)],
        direction: Direction::Descending,
    };
    let key = |stay: &stay::Model| vec![KeyValue::Int(stay.intake_at.0), KeyValue::Id(stay.id.0)];
    order.page(db, of_animal(animal), page, key).await
}

/// Number of an animal's stays.
pub async fn count_stays(db: &impl ConnectionTrait, animal: ShelterAnimalId) -> Result<u64> {
    Ok(of_animal(animal).count(db).await?)
}

pub(super) fn of_animal(animal: ShelterAnimalId) -> Select<stay::Entity> {
    stay::Entity::find().filter(stay::COLUMN.animal_id.eq(animal))
}

/// A page of a stay's events, the first first. The caller checks that the viewer may see the stay.
pub async fn events_of(db: &impl ConnectionTrait, stay: StayId, page: &Page) -> Result<Slice<stay_event::Model>> {
    let order = Keyset {
        list: "stay events",
        columns: vec![Expr::col(stay_event::Column::Number)],
        direction: Direction::Ascending,
    };
    let key = |event: &stay_event::Model| vec![KeyValue::Int(i64::from(event.number))];
    order.page(db, of_stay(stay), page, key).await
}

/// Number of a stay's events.
pub async fn count_events(db: &impl ConnectionTrait, stay: StayId) -> Result<u64> {
    Ok(of_stay(stay).count(db).await?)
}

fn of_stay(stay: StayId) -> Select<stay_event::Entity> {
    stay_event::Entity::find().filter(stay_event::COLUMN.stay_id.eq(stay))
}

/// The stays in a shelter that have not ended.
pub fn present(shelter: ShelterId) -> Select<stay::Entity> {
    stay::Entity::find()
        .filter(stay::COLUMN.shelter_id.eq(shelter))
        .filter(stay::COLUMN.outcome_at.is_null())
}

/// Condition: a stay was not taken back together with the import that told of it.
pub fn was_real() -> Condition {
    Condition::any()
        .add(stay::Column::Outcome.is_null())
        .add(stay::Column::Outcome.ne(StayOutcome::Undone))
}

/// Number of animals that a shelter houses: those in foster homes take no place in it.
pub async fn count_present(db: &impl ConnectionTrait, shelter: ShelterId) -> Result<u64> {
    let housed = present(shelter).filter(stay::COLUMN.stage.ne(StayStage::Foster));
    Ok(housed.count(db).await?)
}

/// Condition: an animal is kept for its owner at that time.
pub(super) fn held_at(now: Timestamp) -> Condition {
    let lasts = Condition::any()
        .add(stay::COLUMN.hold_open_ended.eq(true))
        .add(stay::COLUMN.hold_until.gt(now));
    Condition::all().add(stay::COLUMN.hold_released_at.is_null()).add(lasts)
}

/// The opposite, which a negation would not give where there is no hold: comparing with null is neither true nor false.
fn not_held_at(now: Timestamp) -> Condition {
    let is_over = Condition::any()
        .add(stay::COLUMN.hold_until.is_null())
        .add(stay::COLUMN.hold_until.lte(now));
    let is_over = Condition::all()
        .add(stay::COLUMN.hold_open_ended.eq(false))
        .add(is_over);
    Condition::any()
        .add(stay::COLUMN.hold_released_at.is_not_null())
        .add(is_over)
}

/// Those of the held animals whose holds end until then, the first to end first. Open ends are left out: nobody knows them.
pub fn holds_ending_by(shelter: ShelterId, now: Timestamp, by: Timestamp) -> Select<stay::Entity> {
    present(shelter)
        .filter(stay::COLUMN.hold_released_at.is_null())
        .filter(stay::COLUMN.hold_open_ended.eq(false))
        .filter(stay::COLUMN.hold_until.gt(now))
        .filter(stay::COLUMN.hold_until.lte(by))
        .order_by_asc(stay::Column::HoldUntil)
        .order_by_asc(stay::Column::Id)
}

/// The next present stays of a shelter, by their ids.
pub(super) async fn present_after(db: &impl ConnectionTrait, shelter: ShelterId, last: StayId) -> Result<Vec<StayId>> {
    let next = present(shelter)
        .select_only()
        .column(stay::Column::Id)
        .filter(stay::COLUMN.id.gt(last))
        .order_by_asc(stay::Column::Id)
        .limit(READ_AT_ONCE);
    Ok(next.into_tuple().all(db).await?)
}

/// Those of the stays that are still present, locked until the transaction ends.
pub(super) async fn present_for_update(tx: &Tx, shelter: ShelterId, ids: &[StayId]) -> Result<Vec<stay::Model>> {
    let found = present(shelter)
        .filter(stay::COLUMN.id.is_in(ids.iter().copied()))
        .order_by_asc(stay::Column::Id)
        .lock_exclusive();
    Ok(found.all(tx).await?)
}

/// The animals of stays, in no particular order.
pub(super) async fn animals_of_stays(
    db: &impl ConnectionTrait,
    stays: &[stay::Model],
) -> Result<Vec<shelter_animal::Model>> {
    let ids: BTreeSet<ShelterAnimalId> = stays.iter().map(|stay| stay.animal_id).collect();
    let found = shelter_animal::Entity::find().filter(shelter_animal::COLUMN.id.is_in(ids));
    Ok(found.all(db).await?)
}

/// A shelter that nobody changes until the transaction ends, so that what is computed by its rules is right when it is
/// written. Whoever also locks reports, animals or stays may do so before or after: those who change shelters lock none.
pub(super) async fn shelter_to_read(tx: &Tx, id: ShelterId) -> Result<shelter::Model> {
    let found = shelter::Entity::find_by_id(id).lock(LockType::Share).one(tx).await?;
    found.ok_or(Error::NotFound("shelter"))
}

/// An animal, locked until the transaction ends. Whoever also locks reports locks those first, and stays last.
pub(super) async fn animal_for_update(tx: &Tx, id: ShelterAnimalId) -> Result<shelter_animal::Model> {
    let found = shelter_animal::Entity::find_by_id(id).lock_exclusive().one(tx).await?;
    found.ok_or(Error::NotFound("animal"))
}

/// A stay with its animal, locked until the transaction ends, after its report.
pub async fn stay_for_update(tx: &Tx, id: StayId) -> Result<(shelter_animal::Model, stay::Model)> {
    let gone = || Error::NotFound("stay");
    let seen = stay::Entity::find_by_id(id).one(tx).await?.ok_or_else(gone)?;
    if let Some(report) = seen.pet_id {
        pets::find_for_update(tx, &Viewer::System, report).await?;
    }
    let animal = animal_for_update(tx, seen.animal_id).await?;
    let stay = stay::Entity::find_by_id(id).lock_exclusive().one(tx).await?;
    let stay = stay.ok_or_else(gone)?;
    if stay.pet_id != seen.pet_id {
        return Err(Error::Conflict("the stay has just changed: try again".into()));
    }
    Ok((animal, stay))
}

/// The stay that publishes a report, locked until the transaction ends. The caller has locked the report.
pub(super) async fn stay_of_pet_for_update(tx: &Tx, pet: PetId) -> Result<Option<stay::Model>> {
    let found = stay::Entity::find()
        .filter(stay::COLUMN.pet_id.eq(pet))
        .lock_exclusive();
    Ok(found.one(tx).await?)
}

/// Stays and their reports, locked until the transaction ends, in the order of their ids.
pub(super) async fn stays_for_update(tx: &Tx, ids: &BTreeSet<StayId>) -> Result<Vec<stay::Model>> {
    let named = || stay::Entity::find().filter(stay::COLUMN.id.is_in(ids.iter().copied()));
    let reports = named().select_only().column(stay::Column::PetId).into_query();
    pets::visible_to(&Viewer::System)
        .select_only()
        .column(pet::Column::Id)
        .filter(pet::Column::Id.in_subquery(reports))
        .order_by_asc(pet::Column::Id)
        .lock(LockType::NoKeyUpdate)
        .into_tuple::<PetId>()
        .all(tx)
        .await?;
    Ok(named().order_by_asc(stay::Column::Id).lock_exclusive().all(tx).await?)
}
