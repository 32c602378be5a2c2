//! Removes what imports no longer need: files, and what animals were before.

use std::collections::HashSet;

use entity::{
    id::{ImportId, ShelterAnimalId},
    import, import_change,
    vocabulary::ImportState,
};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QuerySelect};

use super::{inline_blob_key, undo_import::UNDOABLE_FOR};
use crate::{
    deps::{Deps, sweep_orphans},
    kernel::Result,
    ports::Swept,
};

/// Removes files sent within requests whose imports are over or were never stored.
pub async fn sweep_imports(deps: &Deps) -> Result<Swept> {
    sweep_orphans(deps, "imports", awaited).await
}

async fn awaited(deps: Deps, keys: Vec<String>) -> Result<HashSet<String>> {
    let ids = keys
        .iter()
        .filter_map(|key| key.strip_prefix("imports/")?.parse::<ImportId>().ok());
    let awaited = import::Entity::find()
        .select_only()
        .column(import::Column::Id)
        .filter(import::COLUMN.id.is_in(ids))
        .filter(import::COLUMN.state.is_in([ImportState::Queued, ImportState::Running]));
    let awaited: Vec<ImportId> = awaited.into_tuple().all(deps.db.read()).await?;
    Ok(awaited.into_iter().map(inline_blob_key).collect())
}

/// Maximum number of changes that are removed at once: on SQLite all other writers wait meanwhile.
const FORGOTTEN_AT_ONCE: u64 = 500;

/// Housekeeping: removes what animals were before imports that can no longer be taken back.
pub async fn forget_changes(deps: &Deps) -> Result<()> {
    let kept = import_change::Entity::find()
        .select_only()
        .column(import_change::Column::ImportId)
        .distinct();
    let kept: Vec<ImportId> = kept.into_tuple().all(deps.db.read()).await?;
    let over = import::Entity::find()
        .select_only()
        .column(import::Column::Id)
        .filter(import::COLUMN.id.is_in(kept))
        .filter(import::COLUMN.state.ne(ImportState::Undoing))
        .filter(import::COLUMN.finished_at.lte(deps.clock.now().minus(UNDOABLE_FOR)));
    let over: Vec<ImportId> = over.into_tuple().all(deps.db.read()).await?;
    for id in over {
        while forget_some(deps, id).await? {}
    }
    Ok(())
}

/// Returns whether there may be more.
async fn forget_some(deps: &Deps, id: ImportId) -> Result<bool> {
    deps.write(async |tx| {
        let some = import_change::Entity::find()
            .select_only()
            .column(import_change::Column::AnimalId)
            .filter(import_change::COLUMN.import_id.eq(id))
            .limit(FORGOTTEN_AT_ONCE);
        let some: Vec<ShelterAnimalId> = some.into_tuple().all(tx).await?;
        let removed = import_change::Entity::delete_many()
            .filter(import_change::COLUMN.import_id.eq(id))
            .filter(import_change::COLUMN.animal_id.is_in(some))
            .exec(tx)
            .await?;
        Ok(removed.rows_affected == FORGOTTEN_AT_ONCE)
    })
    .await
}
