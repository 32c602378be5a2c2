//! Animals with everything that an import may have changed, locked.

use std::collections::{BTreeSet, HashMap};

use entity::{id::ShelterAnimalId, pet, shelter_animal, stay};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, sea_query::LockType};

use crate::{
    deps::Tx,
    domain::{
        custody, pets,
        shelters::imports::{ReportState, Versions},
    },
    kernel::{Result, Viewer},
};

/// An animal with its stays and its reports.
pub(super) struct Held {
    pub(super) animal: shelter_animal::Model,
    /// Without those that were taken back before.
    pub(super) stays: Vec<stay::Model>,
    pub(super) reports: Vec<pet::Model>,
}

impl Held {
    /// The versions that it has now.
    pub(super) fn versions(&self) -> Versions {
        let latest = self.reports.iter().max_by_key(|report| (report.reported_at, report.id));
        Versions::of(&self.animal, &self.stays, latest)
    }

    /// Whether nobody has changed anything since an import left it like this.
    pub(super) fn is_as_left(&self, versions: &Versions) -> bool {
        let now = Versions::of(&self.animal, &self.stays, None);
        let is_told = |state: &ReportState| self.reports.iter().any(|report| ReportState::of(report) == *state);
        (now.animal, &now.stays) == (versions.animal, &versions.stays) && versions.report.as_ref().is_none_or(is_told)
    }
}

/// Those animals, locked until the transaction ends: reports, then animals, then stays, each in the order of their ids.
pub(super) async fn lock(tx: &Tx, ids: &[ShelterAnimalId]) -> Result<HashMap<ShelterAnimalId, Held>> {
    let ids: BTreeSet<ShelterAnimalId> = ids.iter().copied().collect();
    let reports = pets::visible_to(&Viewer::System)
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
    let stays = stay::Entity::find()
        .filter(stay::COLUMN.animal_id.is_in(ids.iter().copied()))
        .filter(custody::was_real())
        .order_by_asc(stay::Column::Id)
        .lock_exclusive()
        .all(tx)
        .await?;
    let mut held: HashMap<ShelterAnimalId, Held> = animals
        .into_iter()
        .map(|animal| {
            let (stays, reports) = (Vec::new(), Vec::new());
            (animal.id, Held { animal, stays, reports })
        })
        .collect();
    for stay in stays {
        if let Some(held) = held.get_mut(&stay.animal_id) {
            held.stays.push(stay);
        }
    }
    for report in reports {
        if let Some(held) = report.animal_id.and_then(|id| held.get_mut(&id)) {
            held.reports.push(report);
        }
    }
    Ok(held)
}
