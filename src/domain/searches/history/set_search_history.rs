//! Turns a member's search history on or off.

use entity::{search_history_entry, search_history_opt_out};
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, sea_query::OnConflict};

use crate::{
    deps::Deps,
    domain::accounts,
    kernel::{Result, Viewer},
};

/// Records the member's searches from now on.
pub async fn keep_search_history(deps: &Deps, viewer: &Viewer) -> Result<()> {
    let member_id = viewer.require_member()?;
    deps.write(async |tx| {
        search_history_opt_out::Entity::delete_by_id(member_id).exec(tx).await?;
        Ok(())
    })
    .await
}

/// Deletes the member's history and stops recording.
pub async fn stop_search_history(deps: &Deps, viewer: &Viewer) -> Result<()> {
    let member_id = viewer.require_member()?;
    deps.write(async |tx| {
        // A search being recorded either finishes before this, or sees the setting.
        accounts::lock_member(tx, member_id).await?;
        let row = search_history_opt_out::ActiveModel {
            member_id: Set(member_id),
            created_at: Set(tx.now()),
        };
        search_history_opt_out::Entity::insert(row)
            .on_conflict(OnConflict::new().do_nothing().to_owned())
            .exec_without_returning(tx)
            .await?;
        search_history_entry::Entity::delete_many()
            .filter(search_history_entry::COLUMN.member_id.eq(member_id))
            .exec(tx)
            .await?;
        Ok(())
    })
    .await
}
