//! Queries for archives.

use std::{io::Read, sync::Arc};

use entity::{
    data_export,
    id::{DataExportId, MemberId},
    vocabulary::DataExportState,
};
use sea_orm::{ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

use super::model::{WAITED_FOR, blob_key, is_downloadable, lets_in};
use crate::{
    deps::{DAY, Deps},
    kernel::{Error, Result, secret::ticket::Ticket},
};

/// Most archives that a member is shown.
const SHOWN: u64 = 20;
/// Most archives that housekeeping removes at once.
const AT_ONCE: u64 = 500;

/// A member's archives, newest first, at most 20.
pub async fn exports_of(db: &impl ConnectionTrait, member: MemberId) -> Result<Vec<data_export::Model>> {
    let exports = data_export::Entity::find()
        .filter(data_export::COLUMN.member_id.eq(member))
        .order_by_desc(data_export::Column::CreatedAt)
        .order_by_desc(data_export::Column::Id)
        .limit(SHOWN);
    Ok(exports.all(db).await?)
}

/// An archive of that member.
pub async fn export_of(db: &impl ConnectionTrait, member: MemberId, id: DataExportId) -> Result<data_export::Model> {
    let found = data_export::Entity::find_by_id(id).one(db).await?;
    found
        .filter(|export| export.member_id == member)
        .ok_or(Error::NotFound("data export"))
}

/// The bytes of an archive, for whoever holds a ticket for it, and their number.
pub async fn open_export(deps: &Deps, id: DataExportId, ticket: &Ticket) -> Result<(Box<dyn Read + Send>, u64)> {
    let gone = || Error::NotFound("data export");
    if !lets_in(deps, ticket, id) {
        return Err(gone());
    }
    let found = data_export::Entity::find_by_id(id).one(deps.db.read()).await?;
    let export = found
        .filter(|export| is_downloadable(export, deps.clock.now()))
        .ok_or_else(gone)?;
    let bytes = deps.blobs.open(&blob_key(id)).await;
    let bytes = bytes
        .map_err(|error| Error::Unavailable(Arc::new(error)))?
        .ok_or_else(gone)?;
    let length = export
        .byte_size
        .and_then(|size| u64::try_from(size).ok())
        .unwrap_or_default();
    Ok((bytes, length))
}

/// Removes a member's archives, with their files, whether they are made, waiting or over. The file goes first, so that
/// whoever was interrupted finds it again.
pub(super) async fn erase_exports(deps: &Deps, member: MemberId) -> Result<()> {
    remove(deps, Condition::all().add(data_export::COLUMN.member_id.eq(member))).await
}

/// Removes a member's archives that nobody makes any more.
pub(super) async fn forget_stuck(deps: &Deps, member: MemberId) -> Result<()> {
    remove(deps, stuck(deps).add(data_export::COLUMN.member_id.eq(member))).await
}

/// Condition: an archive has been waited for too long.
fn stuck(deps: &Deps) -> Condition {
    Condition::all()
        .add(data_export::COLUMN.state.eq(DataExportState::Queued))
        .add(data_export::COLUMN.created_at.lte(deps.clock.now().minus(WAITED_FOR)))
}

/// Removes archives with their files. The job of one that was waited for finds nothing, should it run after all.
async fn remove(deps: &Deps, which: Condition) -> Result<()> {
    let exports = data_export::Entity::find().filter(which).limit(AT_ONCE);
    for export in exports.all(deps.db.read()).await? {
        delete_archive(deps, export.id).await?;
        deps.write(async |tx| {
            data_export::Entity::delete_by_id(export.id).exec(tx).await?;
            Ok(())
        })
        .await?;
    }
    Ok(())
}

/// Deletes the file of an archive, if there is one.
pub(super) async fn delete_archive(deps: &Deps, id: DataExportId) -> Result<()> {
    let deleted = deps.blobs.delete(&blob_key(id)).await;
    deleted.map_err(|error| Error::Unavailable(Arc::new(error)))
}

/// Housekeeping: removes archives that can no longer be fetched, and those that nobody makes any more. The rows of the
/// former stay for a day, so that a member who asks sees why.
pub async fn forget_exports(deps: &Deps) -> Result<()> {
    let now = deps.clock.now();
    let over = data_export::Entity::find()
        .filter(data_export::COLUMN.expires_at.lt(now))
        .limit(AT_ONCE)
        .all(deps.db.read())
        .await?;
    for export in over {
        delete_archive(deps, export.id).await?;
        if export.expires_at.is_some_and(|end| end < now.minus(DAY)) {
            deps.write(async |tx| {
                data_export::Entity::delete_by_id(export.id).exec(tx).await?;
                Ok(())
            })
            .await?;
        }
    }
    remove(deps, stuck(deps)).await
}
