//! Lets imports be taken back one after the other. An animal that becomes what it was before an import has new versions,
//! which the import before that one must not take for a change by somebody.

use std::collections::{BTreeMap, HashMap};

use entity::{
    id::{ImportId, ShelterAnimalId, StayId},
    import_change, stay_event,
};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};

use super::changes::{Changed, Versions, record_changes};
use crate::{deps::Tx, kernel::Result};

/// The version of an animal that was described once.
const UNTOUCHED: i32 = 1;

/// An animal that became what it was before an import.
pub(in crate::domain::shelters) struct Restored {
    pub(in crate::domain::shelters) animal_id: ShelterAnimalId,
    /// The import that had listed it last then.
    pub(in crate::domain::shelters) import_id: Option<ImportId>,
    /// The versions that the import had found.
    pub(in crate::domain::shelters) found: Versions,
    /// Those that it has now.
    pub(in crate::domain::shelters) now: Versions,
}

/// Records the new versions for the import before the one that was taken back, unless somebody had changed something between
/// the two.
pub(in crate::domain::shelters) async fn hand_on(tx: &Tx, undone: ImportId, restored: Vec<Restored>) -> Result<()> {
    let others = others(tx, undone, &restored).await?;
    let writers = writers(tx, &restored).await?;
    let mut changed: BTreeMap<ImportId, Vec<Changed>> = BTreeMap::new();
    for Restored {
        animal_id,
        import_id,
        found,
        now,
    } in restored
    {
        let before = match others.get(&animal_id) {
            Some(other) => (serde_json::from_str::<Versions>(&other.after)? == found).then_some(other.import_id),
            None => import_id.filter(|import| is_as_made(*import, &found, &writers)),
        };
        let Some(before) = before else { continue };
        changed.entry(before).or_default().push(Changed {
            animal_id,
            former_import_id: Some(before),
            before: None,
            after: now,
        });
    }
    for (import, changed) in changed {
        record_changes(tx, import, changed).await?;
    }
    Ok(())
}

/// The last change of each of these animals by another import.
async fn others(
    tx: &Tx,
    undone: ImportId,
    restored: &[Restored],
) -> Result<HashMap<ShelterAnimalId, import_change::Model>> {
    let ids: Vec<ShelterAnimalId> = restored.iter().map(|restored| restored.animal_id).collect();
    let others = import_change::Entity::find()
        .filter(import_change::COLUMN.animal_id.is_in(ids))
        .filter(import_change::COLUMN.import_id.ne(undone))
        .order_by_asc(import_change::Column::RecordedAt)
        .order_by_asc(import_change::Column::ImportId)
        .all(tx)
        .await?;
    // Of several, the last one stays in the map.
    Ok(others.into_iter().map(|other| (other.animal_id, other)).collect())
}

/// Who recorded the events of each stay, by their numbers.
type Writers = HashMap<StayId, Vec<(i32, String)>>;

async fn writers(tx: &Tx, restored: &[Restored]) -> Result<Writers> {
    let stays = restored.iter().flat_map(|restored| &restored.found.stays);
    let stays: Vec<StayId> = stays.map(|(id, _)| *id).collect();
    let events = stay_event::Entity::find()
        .filter(stay_event::COLUMN.stay_id.is_in(stays))
        .all(tx)
        .await?;
    let mut writers = Writers::new();
    for event in events {
        let of_stay = writers.entry(event.stay_id).or_default();
        of_stay.push((event.number, event.recorded_by));
    }
    Ok(writers)
}

/// Whether an animal with these versions was as the import had made it, which leaves no record of that.
fn is_as_made(import: ImportId, found: &Versions, writers: &Writers) -> bool {
    let by = import.to_string();
    let is_own = |(stay, version): &(StayId, i32)| {
        let of_stay = writers.get(stay).into_iter().flatten();
        of_stay
            .filter(|(number, _)| number <= version)
            .all(|(_, writer)| *writer == by)
    };
    let is_marked = found.report.as_ref().is_some_and(|report| report.is_marked());
    found.animal == UNTOUCHED && !is_marked && found.stays.iter().all(is_own)
}
