//! Removes the bytes of photos and uploads that no row refers to.

use std::collections::HashSet;

use entity::{
    id::{PhotoId, UploadId},
    photo, upload,
    vocabulary::UploadState,
};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QuerySelect};

use super::variant::upload_blob_key;
use crate::{
    deps::{Deps, sweep_orphans},
    kernel::Result,
    ports::Swept,
};

/// Removes drafts of uploads, the raw bytes of uploads that were used or deleted, and copies of photos that were never
/// saved.
pub async fn sweep_photos(deps: &Deps) -> Result<Swept> {
    let mut swept = sweep_orphans(deps, "uploads", stored_uploads).await?;
    swept += sweep_orphans(deps, "photos", known_photos).await?;
    Ok(swept)
}

async fn stored_uploads(deps: Deps, keys: Vec<String>) -> Result<HashSet<String>> {
    let ids = keys
        .iter()
        .filter_map(|key| key.strip_prefix("uploads/")?.parse::<UploadId>().ok());
    let stored = upload::Entity::find()
        .select_only()
        .column(upload::Column::Id)
        .filter(upload::COLUMN.id.is_in(ids))
        .filter(upload::COLUMN.state.eq(UploadState::Stored));
    let stored: Vec<UploadId> = stored.into_tuple().all(deps.db.read()).await?;
    Ok(stored.into_iter().map(upload_blob_key).collect())
}

async fn known_photos(deps: Deps, keys: Vec<String>) -> Result<HashSet<String>> {
    let photo_of = |key: &str| key.split('/').nth(1)?.parse::<PhotoId>().ok();
    let ids: HashSet<PhotoId> = keys.iter().filter_map(|key| photo_of(key)).collect();
    let known = photo::Entity::find()
        .select_only()
        .column(photo::Column::Id)
        .filter(photo::COLUMN.id.is_in(ids));
    let known: HashSet<PhotoId> = known.into_tuple().all(deps.db.read()).await?.into_iter().collect();
    let is_known = |key: &&String| photo_of(key).is_some_and(|id| known.contains(&id));
    Ok(keys.iter().filter(is_known).cloned().collect())
}
