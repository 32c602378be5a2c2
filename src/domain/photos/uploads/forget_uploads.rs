//! Deletes uploads that nothing refers to.

use std::time::Duration;

use entity::{
    id::UploadId,
    upload,
    vocabulary::{UploadPurpose, UploadState},
};
use sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter, QuerySelect};

use crate::{
    deps::Deps,
    domain::photos::{store, variant::upload_blob_key},
    kernel::{Result, Viewer},
};

const DAY: Duration = Duration::from_secs(24 * 60 * 60);
/// Maximum number of uploads deleted per run; the rest waits for the next.
const BATCH: u64 = 500;

/// Deletes uploads whose bytes never came and pictures used for searching, a day after they expired, and uploads whose
/// bytes were never used, a week after, together with their bytes.
pub async fn forget_uploads(deps: &Deps) -> Result<()> {
    let now = deps.clock.now();
    let waiting = Condition::all().add(upload::COLUMN.state.eq(UploadState::Waiting));
    let searched = Condition::all()
        .add(upload::COLUMN.state.eq(UploadState::Stored))
        .add(upload::COLUMN.purpose.eq(UploadPurpose::SearchPhoto));
    let unused = Condition::all().add(upload::COLUMN.state.eq(UploadState::Stored));
    for (which, kept) in [(waiting, DAY), (searched, DAY), (unused, 7 * DAY)] {
        let stale = upload::Entity::find()
            .filter(which)
            .filter(upload::COLUMN.expires_at.lt(now.minus(kept)))
            .limit(BATCH)
            .all(deps.db.read())
            .await?;
        for upload in stale {
            forget(deps, &upload).await?;
        }
    }
    Ok(())
}

/// Deletes one of the viewer's uploads with its bytes; the caller knows that nothing refers to them.
pub async fn forget_upload(deps: &Deps, viewer: &Viewer, id: UploadId) -> Result<()> {
    let upload = store::own_upload(deps.db.read(), viewer, id).await?;
    forget(deps, &upload).await
}

/// Deletes the row if its state has not changed, and then the bytes that only this row referred to.
async fn forget(deps: &Deps, upload: &upload::Model) -> Result<()> {
    let deleted = deps
        .write(async |tx| {
            Ok(upload::Entity::delete_many()
                .filter(upload::COLUMN.id.eq(upload.id))
                .filter(upload::COLUMN.state.eq(upload.state))
                .exec(tx)
                .await?)
        })
        .await?;
    if deleted.rows_affected == 1
        && let Err(error) = deps.blobs.delete(&upload_blob_key(upload.id)).await
    {
        tracing::warn!(%error, upload.id = %upload.id, "the bytes of a forgotten upload could not be deleted");
    }
    Ok(())
}
