//! What the tables know of the animals in a batch.

use std::collections::{BTreeSet, HashMap};

use entity::{
    Timestamp,
    id::{ImportId, PetId, ShelterAnimalId},
    pet, shelter_animal, stay,
    vocabulary::Species,
};
use import_reader::ImportedAnimal;
use sea_orm::{
    ColumnTrait, Condition, EntityTrait, FromQueryResult, QueryFilter, QueryOrder, QuerySelect, sea_query::LockType,
};

use super::occasion::Occasion;
use crate::{
    deps::Tx,
    domain::{
        custody, pets,
        shelters::{
            imports::{Former, Versions},
            run_import::reading::BATCH_ROWS,
        },
    },
    kernel::{Result, Viewer, text::storable},
};

/// Number of ids per look-up: a shorter list is padded with its last id, so that there are few different statements, and the
/// database prepares each once.
const LOOKED_UP_AT_ONCE: usize = BATCH_ROWS;

/// The stored data by which it is decided whether a row is news.
#[derive(Debug, Clone, FromQueryResult)]
pub(super) struct Brief {
    pub(super) id: ShelterAnimalId,
    external_id: Option<String>,
    source: String,
    import_id: Option<ImportId>,
    created_at: Timestamp,
    pub(super) import_hash: Option<i64>,
    species: Species,
    name: Option<String>,
    microchip: Option<String>,
}

/// An animal with its stays.
pub(super) struct Known {
    pub(super) animal: Brief,
    /// The earliest intake first.
    pub(super) stays: Vec<stay::Model>,
}

/// An animal, locked with its stays and its latest report.
pub(in crate::domain::shelters::run_import) struct Locked {
    pub(in crate::domain::shelters::run_import) animal: shelter_animal::Model,
    /// The earliest intake first.
    pub(in crate::domain::shelters::run_import) stays: Vec<stay::Model>,
    /// The latest report, whether a stay publishes it or not.
    pub(in crate::domain::shelters::run_import) report: Option<pet::Model>,
}

/// The known ones among the animals that a batch lists, by the ids of the shelter.
pub(super) struct Register(HashMap<String, Vec<Known>>);

impl Register {
    pub(super) async fn of(tx: &Tx, on: &Occasion, animals: &[&ImportedAnimal]) -> Result<Self> {
        let mut ids: Vec<String> = animals.iter().map(|animal| storable(&animal.external_id)).collect();
        let Some(last) = ids.last().cloned() else {
            return Ok(Self(HashMap::new()));
        };
        // Our own inventory lists animals to which the shelter gave no id by ours.
        let own: Vec<ShelterAnimalId> = ids.iter().filter_map(|id| id.parse().ok()).collect();
        ids.resize(ids.len().next_multiple_of(LOOKED_UP_AT_ONCE), last);
        let mut meant = Condition::any().add(shelter_animal::COLUMN.external_id.is_in(ids));
        if !own.is_empty() {
            let without_id = Condition::all().add(shelter_animal::COLUMN.external_id.is_null());
            meant = meant.add(without_id.add(shelter_animal::COLUMN.id.is_in(own)));
        }
        let found = shelter_animal::Entity::find()
            .select_only()
            .columns([
                shelter_animal::Column::Id,
                shelter_animal::Column::ExternalId,
                shelter_animal::Column::Source,
                shelter_animal::Column::ImportId,
                shelter_animal::Column::CreatedAt,
                shelter_animal::Column::ImportHash,
                shelter_animal::Column::Species,
                shelter_animal::Column::Name,
                shelter_animal::Column::Microchip,
            ])
            .filter(shelter_animal::COLUMN.shelter_id.eq(on.shelter_id))
            .filter(meant)
            .into_model::<Brief>()
            .all(tx)
            .await?;
        let mut stays = stays_of(tx, found.iter().map(|animal| animal.id), None).await?;
        let mut register: HashMap<String, Vec<Known>> = HashMap::new();
        for animal in found {
            let stays = stays.remove(&animal.id).unwrap_or_default();
            let listed_as = animal.external_id.clone().unwrap_or_else(|| animal.id.to_string());
            let known = Known { stays, animal };
            register.entry(listed_as).or_default().push(known);
        }
        Ok(Self(register))
    }

    /// The animal that a row means. The same id from another system is the same animal only if the rest fits: systems
    /// begin to count anew.
    pub(super) fn find(&self, on: &Occasion, row: &ImportedAnimal) -> Option<&Known> {
        let known = self.0.get(&storable(&row.external_id))?;
        let of_source = known.iter().find(|known| known.animal.source == on.source);
        of_source.or_else(|| known.iter().find(|known| known.animal.may_be(on, row)))
    }
}

impl Known {
    /// Whether the import itself made the animal, out of an earlier row.
    pub(super) fn is_of(&self, on: &Occasion) -> bool {
        self.animal.import_id == Some(on.import_id) && on.requested_at <= self.animal.created_at
    }
}

impl Brief {
    fn may_be(&self, on: &Occasion, row: &ImportedAnimal) -> bool {
        let is_unsure = self.source.is_empty() || on.source.is_empty();
        let has_chip = self
            .microchip
            .as_ref()
            .is_some_and(|chip| row.microchips.contains(chip));
        let is_named_alike = self.name.is_some() && self.name == row.name;
        is_unsure || has_chip || self.species == row.species && is_named_alike
    }
}

/// Those animals with everything that a row may change, locked until the transaction ends: reports, then animals, then
/// stays, each in the order of their ids.
pub(in crate::domain::shelters::run_import) async fn lock(
    tx: &Tx,
    ids: &[ShelterAnimalId],
) -> Result<HashMap<ShelterAnimalId, Locked>> {
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let ids: BTreeSet<ShelterAnimalId> = ids.iter().copied().collect();
    let reports: Vec<pet::Model> = pets::visible_to(&Viewer::System)
        .filter(pet::COLUMN.animal_id.is_in(ids.iter().copied()))
        .order_by_asc(pet::Column::Id)
        .lock(LockType::NoKeyUpdate)
        .all(tx)
        .await?;
    let animals = shelter_animal::Entity::find()
        .filter(shelter_animal::COLUMN.id.is_in(ids.iter().copied()))
        .order_by_asc(shelter_animal::Column::Id)
        .lock_exclusive()
        .all(tx)
        .await?;
    let mut stays = stays_of(tx, ids.iter().copied(), Some(LockType::Update)).await?;
    let latest = |id: ShelterAnimalId| {
        let own = reports.iter().filter(|report| report.animal_id == Some(id));
        own.max_by_key(|report| (report.reported_at, report.id)).cloned()
    };
    let locked = animals.into_iter().map(|animal| {
        let (stays, report) = (stays.remove(&animal.id).unwrap_or_default(), latest(animal.id));
        (animal.id, Locked { animal, stays, report })
    });
    Ok(locked.collect())
}

/// The stays of those animals. Whether a row is news is told without a lock: reports and animals are locked before stays, and
/// what a row does is decided with the locked ones.
async fn stays_of(
    tx: &Tx,
    animals: impl Iterator<Item = ShelterAnimalId>,
    lock: Option<LockType>,
) -> Result<HashMap<ShelterAnimalId, Vec<stay::Model>>> {
    let mut ids: Vec<ShelterAnimalId> = animals.collect();
    let mut stays: HashMap<ShelterAnimalId, Vec<stay::Model>> = HashMap::new();
    let Some(last) = ids.last().copied() else {
        return Ok(stays);
    };
    ids.resize(ids.len().next_multiple_of(LOOKED_UP_AT_ONCE), last);
    let mut found = stay::Entity::find()
        .filter(stay::COLUMN.animal_id.is_in(ids))
        .filter(custody::was_real())
        .order_by_asc(stay::Column::Id);
    if let Some(lock) = lock {
        found = found.lock(lock);
    }
    let found = found.all(tx).await?;
    for stay in found {
        stays.entry(stay.animal_id).or_default().push(stay);
    }
    stays
        .values_mut()
        .for_each(|stays| stays.sort_by_key(|stay| (stay.intake_at, stay.id)));
    Ok(stays)
}

impl Locked {
    /// All of it as it is now.
    pub(in crate::domain::shelters::run_import) fn former(&self) -> Former {
        Former {
            animal: self.animal.clone(),
            stays: self.stays.clone(),
            report: self.report.clone(),
        }
    }

    /// The versions that it has now.
    pub(in crate::domain::shelters::run_import) fn versions(&self) -> Versions {
        Versions::of(&self.animal, &self.stays, self.report.as_ref())
    }

    /// The latest report, if it is that of a stay, or that of none.
    pub(super) fn report_of(&self, id: Option<PetId>) -> Option<&pet::Model> {
        self.report.as_ref().filter(|report| Some(report.id) == id)
    }

    /// The latest report, unless a stay publishes it.
    pub(super) fn own_report(&self) -> Option<&pet::Model> {
        let is_of_stay = |report: &&pet::Model| self.stays.iter().any(|stay| stay.pet_id == Some(report.id));
        self.report.as_ref().filter(|report| !is_of_stay(report))
    }
}
