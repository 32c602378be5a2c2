//! Limits on stored bytes, per person and by disk space.

use std::time::Duration;

use entity::{
    id::{MemberId, ShelterId},
    shelter_staff, upload,
    vocabulary::{UploadPurpose, UploadState},
};
use sea_orm::{
    ColumnTrait, Condition, EntityTrait, QueryFilter, QuerySelect,
    sea_query::{Expr, ExprTrait, Query},
};

use super::limits::MEGABYTE;
use crate::{
    deps::{Deps, Tx},
    domain::staff::Actor,
    kernel::{Error, FieldCode, Result},
};

const DAY: Duration = Duration::from_secs(24 * 60 * 60);

/// Limits on the sum of announced sizes, in bytes.
struct Quota {
    /// For everything announced within a day.
    per_day: u64,
    /// For everything announced and unused; unused uploads are deleted after a week.
    unused: u64,
    /// Owner, as named in the refusal.
    whose: &'static str,
}

/// Pictures of one member.
const PICTURES: Quota = Quota {
    per_day: 2_000 * MEGABYTE,
    unused: 1_000 * MEGABYTE,
    whose: "of one member",
};
/// Files of one shelter, whichever of its staff sends them. A file may be imported again, so it counts for a week.
const FILES: Quota = Quota {
    per_day: 2_000 * MEGABYTE,
    unused: 5_000 * MEGABYTE,
    whose: "of one shelter",
};

/// Refuses a file that would take the viewer's uploads over their quota. The caller has locked the member's row, so
/// that concurrent announcements are counted one after the other.
pub(super) async fn refuse_beyond(
    tx: &Tx,
    actor: &Actor,
    owner: MemberId,
    purpose: UploadPurpose,
    bytes: i64,
) -> Result<()> {
    let (quota, counted) = match purpose {
        UploadPurpose::Import => (FILES, files_of(owner, &actor.importing_for())),
        UploadPurpose::PetPhoto
        | UploadPurpose::ChatImage
        | UploadPurpose::SearchPhoto
        | UploadPurpose::ClaimPhoto
        | UploadPurpose::Avatar => (PICTURES, pictures_of(owner)),
    };
    let today = upload::COLUMN.created_at.gt(tx.now().minus(DAY));
    let unused = upload::COLUMN.state.ne(UploadState::Used);
    for (which, most, span) in [
        (Condition::all().add(today), quota.per_day, "within 24 hours"),
        (Condition::all().add(unused), quota.unused, "that are not used yet"),
    ] {
        let stored = sum(tx, counted.clone().add(which)).await?;
        if most < u64::try_from(stored.saturating_add(bytes)).unwrap_or(0) {
            let message = format!(
                "the uploads {} {span} have at most {} MB: use what was sent, or try again later",
                quota.whose,
                most / MEGABYTE
            );
            return Err(Error::field("byteSize", FieldCode::LimitReached, message));
        }
    }
    Ok(())
}

fn pictures_of(owner: MemberId) -> Condition {
    Condition::all()
        .add(upload::COLUMN.owner_id.eq(owner))
        .add(upload::COLUMN.purpose.ne(UploadPurpose::Import))
}

/// Uploads of the owner and of all staff of those shelters.
fn files_of(owner: MemberId, shelters: &[ShelterId]) -> Condition {
    let colleagues = Query::select()
        .column(shelter_staff::Column::MemberId)
        .from(shelter_staff::Entity)
        .and_where(shelter_staff::COLUMN.shelter_id.is_in(shelters.iter().copied()))
        .to_owned();
    let theirs = Condition::any()
        .add(upload::COLUMN.owner_id.eq(owner))
        .add(upload::COLUMN.owner_id.in_subquery(colleagues));
    Condition::all()
        .add(upload::COLUMN.purpose.eq(UploadPurpose::Import))
        .add(theirs)
}

async fn sum(tx: &Tx, which: Condition) -> Result<i64> {
    let bytes = Expr::col(upload::Column::ByteSize).sum().cast_as("BIGINT");
    let sum = upload::Entity::find()
        .select_only()
        .column_as(bytes, "bytes")
        .filter(which);
    let sum = sum.into_tuple::<Option<i64>>().one(tx).await?;
    Ok(sum.flatten().unwrap_or(0))
}

/// Refuses bytes that do not fit on the disk.
pub(super) async fn refuse_without_room(deps: &Deps, bytes: u64) -> Result<()> {
    match deps.blobs.room().await.map_err(Error::internal)? {
        Some(room) if room < bytes => {
            tracing::error!(room, bytes, "the disk has no room for uploaded files");
            let message = "the server has no room for files right now: try again later";
            Err(Error::NotNow(message.into()))
        }
        _ => Ok(()),
    }
}
