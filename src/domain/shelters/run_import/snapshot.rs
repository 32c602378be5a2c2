//! The end of a snapshot: animals that the file does not list have left.

use std::collections::HashMap;

use entity::{
    Timestamp,
    id::{PetId, ShelterAnimalId},
    import, pet, shelter_animal, stay,
    vocabulary::{ImportState, PetStatus, StayOutcome},
};
use sea_orm::{
    ColumnTrait, Condition, EntityTrait, FromQueryResult, QueryFilter, QueryOrder, QuerySelect, QueryTrait,
    sea_query::{Expr, ExprTrait},
};

use super::{
    ending::{Failure, Stop},
    rows::{self, Run},
};
use crate::{
    deps::{Deps, Tx},
    domain::{
        custody::{self, Change},
        pets,
        shelters::imports::{self, Changed},
    },
    events::ShelterEvent,
    kernel::{Result, Viewer},
};

/// A snapshot may remove at most one in this many animals, rounded up.
const ONE_IN: usize = 5;
/// Number of animals per query and per transaction.
const CHUNK: u64 = 500;

/// An animal from an import.
#[derive(FromQueryResult)]
struct Imported {
    id: ShelterAnimalId,
    external_id: String,
    created_at: Timestamp,
}

/// What became of the animals that a snapshot does not list.
pub(super) enum Closing {
    /// They are closed, if there are any.
    Done,
    /// They are left as they are, for that reason.
    LeftOut(&'static str),
    /// The import was stopped, or another runner goes on with it.
    Overtaken,
}

/// Closes animals from earlier imports that this file does not list, in batches. Fails before the first batch if they
/// are more than a fifth: then the file is hardly the whole inventory. Whoever sent it may have confirmed a number; then
/// that is the most, be it more than a fifth or less. A file with unreadable rows closes nothing, because those rows may list
/// any animal.
pub(super) async fn close_missing(deps: &Deps, run: &Run) -> Result<Closing, Stop> {
    // Read before the animals: if another runner closes some of them meanwhile, the number is no longer this one.
    let mut closed = imports::load(deps.db.read(), run.import.id).await?.closed;
    let (earlier, missing) = missing(deps, run).await?;
    if missing.is_empty() {
        return Ok(Closing::Done);
    }
    if run.plan.has_bad_rows {
        return Ok(Closing::LeftOut(
            "the animals that the file does not name were left as they are, because some rows could not be read: \
             correct them and import the file again",
        ));
    }
    if let Some(reason) = refusal(run, closed, (earlier, missing.len())) {
        return Err(Failure::Guarded(reason).into());
    }
    for chunk in missing.chunks(usize::try_from(CHUNK).unwrap_or(1)) {
        let count = i32::try_from(chunk.len()).unwrap_or(i32::MAX);
        let done = deps
            .write(async |tx| {
                if !advance(tx, run, closed, count).await? {
                    return Ok(false);
                }
                if !run.import.dry_run {
                    close(tx, run, chunk).await?;
                }
                Ok(true)
            })
            .await?;
        if !done {
            return Ok(Closing::Overtaken);
        }
        closed += count;
    }
    Ok(Closing::Done)
}

/// Why that many missing ones of the earlier animals may not be closed, besides those that a run before this one closed.
fn refusal(run: &Run, closed: i32, (earlier, missing): (usize, usize)) -> Option<String> {
    let before = usize::try_from(closed).unwrap_or(0);
    let (earlier, missing) = (earlier.saturating_add(before), missing.saturating_add(before));
    let Some(confirmed) = run.import.confirmed_removals else {
        let is_too_much = run.plan.is_empty() || earlier.div_ceil(ONE_IN) < missing;
        return is_too_much.then(|| {
            format!(
                "this snapshot would close {missing} of {earlier} animals, more than a fifth, so nothing was closed: check \
                 that the file is the whole inventory, or name in it what became of those that have left, or import it \
                 with UPSERT; if they have all left, send it again with confirmRemovals {missing}"
            )
        });
    };
    (usize::try_from(confirmed).unwrap_or(0) < missing).then(|| {
        format!(
            "this snapshot would close {missing} of {earlier} animals and confirmRemovals is {confirmed}, so nothing was \
             closed: check that the file is the whole inventory, and send it again with confirmRemovals {missing} if it is"
        )
    })
}

/// Number of live animals from earlier imports, and those that the file does not list.
async fn missing(deps: &Deps, run: &Run) -> Result<(usize, Vec<ShelterAnimalId>)> {
    let (mut earlier, mut missing, mut last) = (0, Vec::new(), None);
    loop {
        let page = page(deps, run, last).await?;
        let Some(end) = page.last() else {
            return Ok((earlier, missing));
        };
        last = Some(end.id);
        for animal in page.iter().filter(|animal| animal.created_at < run.import.created_at) {
            earlier += 1;
            if !run.plan.names(&animal.external_id) {
                missing.push(animal.id);
            }
        }
    }
}

/// Animals in care, and those with an open report although they are not.
async fn page(deps: &Deps, run: &Run, after: Option<ShelterAnimalId>) -> Result<Vec<Imported>> {
    let in_care = custody::present(run.import.shelter_id)
        .select_only()
        .column(stay::Column::AnimalId)
        .into_query();
    let reported = pets::visible_to(&Viewer::System)
        .select_only()
        .column(pet::Column::AnimalId)
        .filter(pet::COLUMN.shelter_id.eq(run.import.shelter_id))
        .filter(pet::COLUMN.animal_id.is_not_null())
        .filter(pets::live())
        .into_query();
    let here = Condition::any()
        .add(shelter_animal::Column::Id.in_subquery(in_care))
        .add(shelter_animal::Column::Id.in_subquery(reported));
    let mut imported = shelter_animal::Entity::find()
        .select_only()
        .columns([
            shelter_animal::Column::Id,
            shelter_animal::Column::ExternalId,
            shelter_animal::Column::CreatedAt,
        ])
        .filter(shelter_animal::COLUMN.shelter_id.eq(run.import.shelter_id))
        .filter(shelter_animal::COLUMN.external_id.is_not_null())
        .filter(shelter_animal::COLUMN.import_id.is_not_null())
        .filter(here);
    if let Some(after) = after {
        imported = imported.filter(shelter_animal::COLUMN.id.gt(after));
    }
    let imported = imported.order_by_asc(shelter_animal::Column::Id).limit(CHUNK);
    Ok(imported.into_model::<Imported>().all(deps.db.read()).await?)
}

/// Advances `closed`, if the import is still running and no other runner was faster.
async fn advance(tx: &Tx, run: &Run, from: i32, count: i32) -> Result<bool> {
    let moved = import::Entity::update_many()
        .col_expr(import::Column::Closed, Expr::col(import::Column::Closed).add(count))
        .col_expr(import::Column::Revision, Expr::col(import::Column::Revision).add(1))
        .filter(import::COLUMN.id.eq(run.import.id))
        .filter(import::COLUMN.state.eq(ImportState::Running))
        .filter(import::COLUMN.closed.eq(from))
        .exec(tx)
        .await?;
    if moved.rows_affected == 1 {
        tx.announce(ShelterEvent::ImportProgressed {
            import_id: run.import.id,
        });
    }
    Ok(moved.rows_affected == 1)
}

/// Ends the stays of animals, with their reports, and closes reports that no stay publishes. Removing the fingerprint
/// makes the animal come back if a later file lists it.
async fn close(tx: &Tx, run: &Run, ids: &[ShelterAnimalId]) -> Result<()> {
    let by = run.import.id.to_string();
    let mut locked = rows::lock(tx, ids).await?;
    let mut closed = close_reports(tx, ids).await?;
    shelter_animal::Entity::update_many()
        .col_expr(shelter_animal::Column::ImportHash, Expr::value(Option::<i64>::None))
        .col_expr(shelter_animal::Column::UpdatedAt, Expr::value(tx.now()))
        .col_expr(
            shelter_animal::Column::Version,
            Expr::col(shelter_animal::Column::Version).add(1),
        )
        .filter(shelter_animal::COLUMN.id.is_in(ids.iter().copied()))
        .exec(tx)
        .await?;
    let mut changed = Vec::with_capacity(ids.len());
    for id in ids {
        let Some(mut gone) = locked.remove(id) else { continue };
        let before = gone.former();
        gone.animal.version += 1;
        for stay in gone.stays.iter_mut().filter(|stay| !custody::is_over(stay)) {
            let mut change = Change::of(stay.clone(), tx.now(), &by);
            change.end(StayOutcome::Unknown, tx.now());
            *stay = change.save(tx).await?;
        }
        if let Some(report) = gone.report.as_ref().and_then(|report| closed.remove(&report.id)) {
            gone.report = Some(report);
        }
        changed.push(Changed {
            animal_id: *id,
            former_import_id: before.animal.import_id,
            before: Some(before),
            after: gone.versions(),
        });
    }
    imports::record_changes(tx, run.import.id, changed).await
}

/// Closes the open reports of animals, which are locked.
async fn close_reports(tx: &Tx, ids: &[ShelterAnimalId]) -> Result<HashMap<PetId, pet::Model>> {
    let open = pets::visible_to(&Viewer::System)
        .filter(pet::COLUMN.animal_id.is_in(ids.iter().copied()))
        .filter(pets::live_of_few())
        .order_by_asc(pet::Column::Id)
        .all(tx)
        .await?;
    let mut closed = HashMap::with_capacity(open.len());
    for report in open {
        closed.insert(report.id, pets::close(tx, report, PetStatus::Closed).await?);
    }
    Ok(closed)
}
