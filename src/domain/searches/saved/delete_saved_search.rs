//! Deletes a saved search.

use entity::{id::SavedSearchId, saved_search, search_hit};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};

use super::{listeners, store};
use crate::{
    deps::{Deps, note_done, unless_done},
    kernel::{AtField, Result, Viewer},
};

/// The name under which this action is recorded, so that a repeat succeeds.
const ACTION: &str = "deleteSavedSearch";

/// Deletes one of the member's saved searches and its hits. Idempotent.
#[tracing::instrument(skip_all, fields(saved_search.id = %id))]
pub async fn delete_saved_search(deps: &Deps, viewer: &Viewer, id: SavedSearchId) -> Result<SavedSearchId> {
    let member_id = viewer.require_member()?;
    deps.write(async |tx| {
        let found = store::find_for_update(tx, member_id, id).await;
        if unless_done(tx, viewer, (ACTION, id), found).await.at("id")?.is_none() {
            return Ok(id);
        }
        listeners::stop(tx, id).await?;
        search_hit::Entity::delete_many()
            .filter(search_hit::COLUMN.search_id.eq(id))
            .exec(tx)
            .await?;
        saved_search::Entity::delete_by_id(id).exec(tx).await?;
        note_done(tx, viewer, ACTION, id).await?;
        Ok(id)
    })
    .await
}
