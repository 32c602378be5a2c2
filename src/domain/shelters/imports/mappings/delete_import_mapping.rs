//! Forgets what a shelter said of the columns of its files.

use entity::{id::ImportMappingId, import_mapping};
use sea_orm::EntityTrait;

use super::store;
use crate::{
    deps::{Deps, note_done, unless_done},
    domain::staff::Actor,
    kernel::{AtField, Result, Viewer},
};

/// The name under which this action is recorded, so that a repeat succeeds.
const ACTION: &str = "deleteImportMapping";

/// Deletes a mapping of a shelter that the viewer may import for; imports that are queued keep theirs. Idempotent.
pub async fn delete_import_mapping(deps: &Deps, viewer: &Viewer, id: ImportMappingId) -> Result<ImportMappingId> {
    viewer.refuse_visitor()?;
    deps.write(async |tx| {
        let actor = Actor::of(tx, viewer).await?;
        let found = store::find(tx, &actor, id).await;
        if unless_done(tx, viewer, (ACTION, id), found).await.at("id")?.is_none() {
            return Ok(id);
        }
        import_mapping::Entity::delete_by_id(id).exec(tx).await?;
        note_done(tx, viewer, ACTION, id).await?;
        Ok(id)
    })
    .await
}
