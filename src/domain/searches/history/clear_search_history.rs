//! Deletes search history.

use entity::{id::SearchHistoryEntryId, search_history_entry};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};

use super::store;
use crate::{
    deps::Deps,
    kernel::{AtField, Result, Viewer},
};

/// Deletes one entry of the member's history, or all of it, and returns the number of deleted entries.
pub async fn clear_search_history(deps: &Deps, viewer: &Viewer, id: Option<SearchHistoryEntryId>) -> Result<u64> {
    let member_id = viewer.require_member()?;
    deps.write(async |tx| {
        let mut delete =
            search_history_entry::Entity::delete_many().filter(search_history_entry::COLUMN.member_id.eq(member_id));
        if let Some(id) = id {
            store::find_searched(tx, member_id, id).await.at("id")?;
            delete = delete.filter(search_history_entry::COLUMN.id.eq(id));
        }
        Ok(delete.exec(tx).await?.rows_affected)
    })
    .await
}
