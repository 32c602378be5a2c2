//! Marks the results of a saved search as seen.

use entity::{
    id::{PetId, SavedSearchId},
    saved_search,
};
use sea_orm::{ActiveValue::Set, EntityTrait, IntoActiveModel};

use super::store;
use crate::{
    deps::Deps,
    kernel::{AtField, Result, Viewer},
};

/// Marks everything that the search currently finds as seen.
pub async fn mark_saved_search_seen(deps: &Deps, viewer: &Viewer, id: SavedSearchId) -> Result<saved_search::Model> {
    let member_id = viewer.require_member()?;
    deps.write(async |tx| {
        let mut row = store::find_for_update(tx, member_id, id)
            .await
            .at("id")?
            .into_active_model();
        row.seen_to = Set(PetId(deps.ids.uuid(tx.now())));
        Ok(saved_search::Entity::update(row).exec(tx).await?)
    })
    .await
}
