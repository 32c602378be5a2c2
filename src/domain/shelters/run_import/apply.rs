//! Applies one batch of rows in one transaction.

use std::collections::HashMap;

use entity::{Timestamp, id::PetId, import, pet};
use import_reader::{ImportedAnimal, Keeping, Row};
use sea_orm::{ColumnTrait, EntityTrait, FromQueryResult, QueryFilter, QuerySelect};

use super::{
    animal::{self, Occasion, without_zero},
    copies,
    counters::Counters,
    errors,
    places::Places,
    plan::Plan,
    reading::BATCH_ROWS,
    stage,
    warnings::{self, Noted},
};
use crate::{
    deps::{Deps, Tx},
    domain::pets,
    events::{PetEvent, ShelterEvent},
    kernel::{Result, Viewer},
};

/// Maximum number of rows per insert. Every statement has a power of two of them, so there are only seven different
/// statements, and the database prepares each once.
const INSERTED_AT_ONCE: usize = 64;
/// Number of ids per look-up: a shorter list is padded with its last id, for the same reason.
const LOOKED_UP_AT_ONCE: usize = BATCH_ROWS;

/// The state of a run.
pub(super) struct Run {
    /// The import as it was when the run started.
    pub(super) import: import::Model,
    /// Number of rows done.
    pub(super) processed: i32,
    /// Result of the survey.
    pub(super) plan: Plan,
    /// Places looked up for this file.
    pub(super) places: Places,
    /// Whether the shelter had animals before.
    pub(super) may_have_copies: bool,
}

/// The stored data of an animal in the file.
#[derive(FromQueryResult)]
struct Known {
    id: PetId,
    external_id: String,
    import_hash: Option<i64>,
    seen_at: Timestamp,
}

/// The changes that a batch requires.
#[derive(Default)]
struct Sorted<'a> {
    new: Vec<(u32, &'a ImportedAnimal)>,
    changed: Vec<(u32, PetId, &'a ImportedAnimal)>,
    failed: Vec<&'a Row>,
    warnings: Vec<Noted>,
    unchanged: usize,
}

/// Applies a batch. Returns false if the import was stopped, or if another runner has done these rows.
pub(super) async fn apply(deps: &Deps, run: &mut Run, rows: &[Row]) -> Result<bool> {
    let count = i32::try_from(rows.len()).unwrap_or(i32::MAX);
    let id = run.import.id;
    let applied = deps
        .write(async |tx| {
            if !stage::advance(tx, id, run.processed, count).await? {
                return Ok(false);
            }
            let mut sorted = sort(tx, run, rows).await?;
            if run.may_have_copies {
                sorted
                    .warnings
                    .extend(copies::warnings(tx, &run.import, &sorted.new).await?);
            }
            for (line, animal) in sorted.written() {
                let warning = run.places.warning(deps, animal)?;
                sorted.warnings.extend(warning.map(|warning| (line, warning)));
            }
            sorted.warnings.sort_by_key(|(line, _)| *line);
            if !run.import.dry_run {
                let mut imported = insert(deps, tx, run, &sorted.new).await?;
                imported.extend(update(deps, tx, run, &sorted.changed).await?);
                if !imported.is_empty() {
                    tx.announce(ShelterEvent::PetsImported {
                        import_id: id,
                        shelter_id: Some(run.import.shelter_id),
                        pet_ids: imported,
                    });
                }
            }
            errors::record(tx, id, &sorted.failed).await?;
            warnings::record(tx, id, &sorted.warnings).await?;
            sorted.counters().add(tx, id).await?;
            Ok(true)
        })
        .await?;
    run.processed += count;
    Ok(applied)
}

impl<'a> Sorted<'a> {
    /// The animals that are written, with the lines of their rows.
    fn written(&self) -> Vec<(u32, &'a ImportedAnimal)> {
        let changed = self.changed.iter().map(|(line, _, animal)| (*line, *animal));
        self.new.iter().copied().chain(changed).collect()
    }

    fn counters(&self) -> Counters {
        let count = |rows: usize| i32::try_from(rows).unwrap_or(i32::MAX);
        let mut warned: Vec<u32> = self.warnings.iter().map(|(line, _)| *line).collect();
        warned.dedup();
        Counters {
            created: count(self.new.len()),
            updated: count(self.changed.len()),
            unchanged: count(self.unchanged),
            failed: count(self.failed.len()),
            warned: count(warned.len()),
        }
    }
}

/// Compares the rows with the table. If an animal occurs several times in the file, only one row counts; the others
/// change nothing.
async fn sort<'a>(tx: &Tx, run: &Run, rows: &'a [Row]) -> Result<Sorted<'a>> {
    let mut sorted = Sorted::default();
    let mut animals = Vec::with_capacity(rows.len());
    for row in rows {
        let warnings = row.warnings.iter().map(|warning| (row.line, warning.clone()));
        sorted.warnings.extend(warnings);
        match &row.result {
            Err(_) => sorted.failed.push(row),
            Ok(_) if run.plan.is_superseded(row.number) => sorted.unchanged += 1,
            Ok(animal) => animals.push((row.line, animal)),
        }
    }
    let known = known(tx, run, &animals).await?;
    for (line, animal) in animals {
        match known.get(&without_zero(&animal.external_id)) {
            // Only its owner and the shelter need to know about it.
            None if animal.keeping != Keeping::Shelter => sorted.unchanged += 1,
            // It is here because of a stay, about which the visit says nothing.
            Some(_) if animal.keeping == Keeping::Visit => sorted.unchanged += 1,
            None => sorted.new.push((line, animal)),
            Some(known) if is_news(known, animal) => sorted.changed.push((line, known.id, animal)),
            Some(_) => sorted.unchanged += 1,
        }
    }
    Ok(sorted)
}

/// Whether a row differs from the last one, and is not about an earlier intake.
fn is_news(known: &Known, animal: &ImportedAnimal) -> bool {
    let is_same = known.import_hash == Some(animal.fingerprint);
    let is_older = animal.dated && animal.seen_at < known.seen_at;
    !is_same && !is_older
}

async fn known(tx: &Tx, run: &Run, animals: &[(u32, &ImportedAnimal)]) -> Result<HashMap<String, Known>> {
    let mut ids: Vec<String> = animals
        .iter()
        .map(|(_, animal)| without_zero(&animal.external_id))
        .collect();
    let Some(last) = ids.last().cloned() else {
        return Ok(HashMap::new());
    };
    ids.resize(ids.len().max(LOOKED_UP_AT_ONCE), last);
    let found = pets::visible_to(&Viewer::System)
        .select_only()
        .columns([
            pet::Column::Id,
            pet::Column::ExternalId,
            pet::Column::ImportHash,
            pet::Column::SeenAt,
        ])
        .filter(pet::COLUMN.shelter_id.eq(run.import.shelter_id))
        .filter(pet::COLUMN.external_id.is_in(ids))
        .into_model::<Known>()
        .all(tx)
        .await?;
    Ok(found
        .into_iter()
        .map(|known| (known.external_id.clone(), known))
        .collect())
}

/// Inserts new animals; returns those that somebody may be looking for.
async fn insert(deps: &Deps, tx: &Tx, run: &mut Run, animals: &[(u32, &ImportedAnimal)]) -> Result<Vec<PetId>> {
    let (on, mut live, mut rows) = (run.occasion(tx), Vec::new(), Vec::with_capacity(animals.len()));
    for (_, animal) in animals {
        let place = run.places.of(deps, animal)?;
        let row = animal::created(deps, on, animal, &place);
        if pets::is_live(animal.status) {
            live.extend(row.id.clone().take());
        }
        rows.push(row);
    }
    pets::note_places(deps, tx, &rows).await?;
    while !rows.is_empty() {
        let size = INSERTED_AT_ONCE.min(1 << rows.len().ilog2());
        let rest = rows.split_off(size);
        pet::Entity::insert_many(std::mem::replace(&mut rows, rest))
            .exec_without_returning(tx)
            .await?;
    }
    Ok(live)
}

/// Updates animals whose rows changed; returns those that somebody may be looking for.
async fn update(deps: &Deps, tx: &Tx, run: &mut Run, changed: &[(u32, PetId, &ImportedAnimal)]) -> Result<Vec<PetId>> {
    let ids: Vec<PetId> = changed.iter().map(|(_, id, _)| *id).collect();
    let previous = pets::find_many(tx, &Viewer::System, &ids).await?;
    let mut previous: HashMap<PetId, pet::Model> = previous.into_iter().map(|pet| (pet.id, pet)).collect();
    let (on, mut live) = (run.occasion(tx), Vec::new());
    for (_, id, animal) in changed {
        let Some(previous) = previous.remove(id) else { continue };
        let was_live = pets::is_live(previous.status);
        let place = run.places.of(deps, animal)?;
        let row = animal::updated(deps, on, previous, animal, &place);
        pets::note_places(deps, tx, std::slice::from_ref(&row)).await?;
        let updated = pet::Entity::update(row).exec(tx).await?;
        if pets::is_live(updated.status) {
            live.push(*id);
        } else if was_live {
            tx.announce(PetEvent::PetClosed { pet_id: *id });
        }
    }
    Ok(live)
}

impl Run {
    fn occasion(&self, tx: &Tx) -> Occasion {
        Occasion {
            import_id: self.import.id,
            shelter_id: self.import.shelter_id,
            now: tx.now(),
        }
    }
}
