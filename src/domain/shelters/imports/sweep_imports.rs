//! Removes files of imports that no import waits for.

use std::collections::HashSet;

use entity::{id::ImportId, import, vocabulary::ImportState};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QuerySelect};

use super::inline_blob_key;
use crate::{
    deps::{Deps, sweep_orphans},
    kernel::Result,
    ports::Swept,
};

/// Removes files that came within a request whose import is over or was never written down.
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
