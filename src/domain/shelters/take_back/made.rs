//! Takes back the animals that an import made.

use std::collections::{HashMap, HashSet};

use entity::{
    id::{PetId, ShelterAnimalId, StayId},
    import, import_change, pet, pet_photo, photo_fetch, shelter_animal, stay_event,
    vocabulary::{PetStatus, StayOutcome},
};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, Condition, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder, QuerySelect,
    QueryTrait,
};

use super::{
    BATCH,
    held::{Held, lock},
    stage::Counts,
};
use crate::{
    deps::Tx,
    domain::{
        custody::Change,
        pets,
        shelters::imports::{ReportState, Versions},
    },
    kernel::Result,
};

/// The version of an animal that was described once.
const UNTOUCHED: i32 = 1;

/// The next animals that the import made, in the order in which it made them. What it changed afterwards, and what another
/// import made, is left to [`super::changed`].
pub(super) async fn next(tx: &Tx, import: &import::Model) -> Result<Vec<ShelterAnimalId>> {
    let last = match import.undo_after {
        Some(id) => shelter_animal::Entity::find_by_id(id).one(tx).await?,
        None => None,
    };
    let from = last.as_ref().map_or(import.created_at, |last| last.created_at);
    let mut made = shelter_animal::Entity::find()
        .select_only()
        .column(shelter_animal::Column::Id)
        .filter(shelter_animal::COLUMN.shelter_id.eq(import.shelter_id))
        .filter(shelter_animal::COLUMN.created_at.gte(from))
        .filter(shelter_animal::COLUMN.import_id.eq(import.id));
    if let Some(last) = last {
        let follows = Condition::any()
            .add(shelter_animal::COLUMN.created_at.gt(from))
            .add(shelter_animal::COLUMN.id.gt(last.id));
        made = made.filter(follows);
    }
    let made = made
        .order_by_asc(shelter_animal::Column::CreatedAt)
        .order_by_asc(shelter_animal::Column::Id)
        .limit(BATCH);
    Ok(made.into_tuple().all(tx).await?)
}

/// Ends their stays as ones that never were and closes their reports, unless somebody has touched them.
pub(super) async fn take_back(tx: &Tx, import: &import::Model, ids: &[ShelterAnimalId]) -> Result<Counts> {
    let by = import.undone_by.as_deref().unwrap_or_default();
    let mut held = lock(tx, ids).await?;
    let changes = changes(tx, import, ids).await?;
    let marks = Marks::of(tx, import, &held).await?;
    let mut counts = Counts::default();
    for id in ids {
        let Some(held) = held.remove(id) else { continue };
        let versions = match changes.get(id) {
            // Another import made it.
            Some(change) if change.before.is_some() => continue,
            Some(change) => Some(serde_json::from_str::<Versions>(&change.after)?),
            None => None,
        };
        let is_as_left = match &versions {
            Some(versions) => held.is_as_left(versions) && !marks.has_photos(&held),
            None => held.animal.version == UNTOUCHED && !marks.are_on(&held),
        };
        if is_as_left {
            never_was(tx, held, by).await?;
            counts.undone += 1;
        } else {
            counts.left_changed += 1;
        }
    }
    let written_again = changes.into_values().filter(|change| change.before.is_none());
    import_change::Entity::delete_many()
        .filter(import_change::COLUMN.import_id.eq(import.id))
        .filter(
            import_change::COLUMN
                .animal_id
                .is_in(written_again.map(|change| change.animal_id)),
        )
        .exec(tx)
        .await?;
    Ok(counts)
}

/// Without its fingerprint the animal comes back if a later file lists it.
async fn never_was(tx: &Tx, held: Held, by: &str) -> Result<()> {
    let Held {
        mut animal,
        stays,
        reports,
    } = held;
    (animal.import_hash, animal.version, animal.updated_at) = (None, animal.version + 1, tx.now());
    shelter_animal::Entity::update(animal.into_active_model().reset_all())
        .exec(tx)
        .await?;
    for stay in stays {
        let mut change = Change::of(stay, tx.now(), by);
        change.end(StayOutcome::Undone, tx.now());
        change.save(tx).await?;
    }
    for report in reports.into_iter().filter(|report| pets::is_live(report.status)) {
        pets::close(tx, report, PetStatus::Closed).await?;
    }
    Ok(())
}

/// What the import recorded of these animals, which it wrote more than once.
async fn changes(
    tx: &Tx,
    import: &import::Model,
    ids: &[ShelterAnimalId],
) -> Result<HashMap<ShelterAnimalId, import_change::Model>> {
    let found = import_change::Entity::find()
        .filter(import_change::COLUMN.import_id.eq(import.id))
        .filter(import_change::COLUMN.animal_id.is_in(ids.iter().copied()))
        .all(tx)
        .await?;
    Ok(found.into_iter().map(|change| (change.animal_id, change)).collect())
}

/// What people left on stays and reports.
struct Marks {
    stays: HashSet<StayId>,
    photographed: HashSet<PetId>,
}

impl Marks {
    async fn of(tx: &Tx, import: &import::Model, held: &HashMap<ShelterAnimalId, Held>) -> Result<Self> {
        let stays = held.values().flat_map(|held| &held.stays).map(|stay| stay.id);
        let stays = stay_event::Entity::find()
            .select_only()
            .column(stay_event::Column::StayId)
            .filter(stay_event::COLUMN.stay_id.is_in(stays))
            .filter(stay_event::Column::RecordedBy.ne(import.id.to_string()));
        let stays: Vec<StayId> = stays.into_tuple().all(tx).await?;
        let reports = held.values().flat_map(|held| &held.reports).map(|report| report.id);
        Ok(Self {
            stays: stays.into_iter().collect(),
            photographed: photographed(tx, &reports.collect::<Vec<_>>()).await?,
        })
    }

    fn has_photos(&self, held: &Held) -> bool {
        let mut reports = held.reports.iter();
        reports.any(|report| self.photographed.contains(&report.id))
    }

    fn are_on(&self, held: &Held) -> bool {
        let is_marked = |report: &pet::Model| ReportState::of(report).is_marked() || is_decided(held, report);
        self.has_photos(held)
            || held.stays.iter().any(|stay| self.stays.contains(&stay.id))
            || held.reports.iter().any(is_marked)
    }
}

/// Those of the reports to which people have added photos. What was fetched from the addresses in a file is not theirs.
async fn photographed(tx: &Tx, reports: &[PetId]) -> Result<HashSet<PetId>> {
    let fetched = photo_fetch::Entity::find()
        .select_only()
        .column(photo_fetch::Column::PhotoId)
        .filter(photo_fetch::COLUMN.pet_id.is_in(reports.iter().copied()))
        .filter(photo_fetch::COLUMN.photo_id.is_not_null())
        .into_query();
    let added = pet_photo::Entity::find()
        .select_only()
        .column(pet_photo::Column::PetId)
        .filter(pet_photo::COLUMN.pet_id.is_in(reports.iter().copied()))
        .filter(pet_photo::Column::PhotoId.not_in_subquery(fetched));
    let added: Vec<PetId> = added.into_tuple().all(tx).await?;
    Ok(added.into_iter().collect())
}

/// Whether people have closed a report that is about no stay. Its version alone would not tell: that also grows when a place
/// is looked up and when the animal grows older. Whoever closes the report of a stay leaves an event there.
fn is_decided(held: &Held, report: &pet::Model) -> bool {
    let is_of_stay = held.stays.iter().any(|stay| stay.pet_id == Some(report.id));
    !pets::is_live(report.status) && 1 < report.version && !is_of_stay
}
