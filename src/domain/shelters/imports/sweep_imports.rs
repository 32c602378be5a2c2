//! Removes import files that are no longer needed.

use std::collections::HashSet;

use entity::{id::ImportId, import, vocabulary::ImportState};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QuerySelect};

use super::inline_blob_key;
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
