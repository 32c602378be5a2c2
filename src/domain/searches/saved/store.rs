//! All queries for saved searches; each belongs to one member, and nobody else can see it.

use entity::{
    Timestamp,
    id::{MemberId, SavedSearchId},
    saved_search,
};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect, Select,
};

use crate::{
    deps::Tx,
    domain::searches::{
        form,
        model::{MOST_SAVED, SavedFilter},
    },
    kernel::{Error, Result},
};

fn own(member: MemberId) -> Select<saved_search::Entity> {
    saved_search::Entity::find().filter(saved_search::COLUMN.member_id.eq(member))
}

/// All saved searches of a member, newest first, at most 50.
pub async fn saved_by(db: &impl ConnectionTrait, member: MemberId) -> Result<Vec<saved_search::Model>> {
    let newest = own(member)
        .order_by_desc(saved_search::Column::CreatedAt)
        .order_by_desc(saved_search::Column::Id);
    Ok(newest.limit(MOST_SAVED).all(db).await?)
}

/// Number of a member's saved searches.
pub(super) async fn count(db: &impl ConnectionTrait, member: MemberId) -> Result<u64> {
    Ok(own(member).count(db).await?)
}

/// One of the member's saved searches.
pub async fn find(db: &impl ConnectionTrait, member: MemberId, id: SavedSearchId) -> Result<saved_search::Model> {
    let found = own(member).filter(saved_search::COLUMN.id.eq(id)).one(db).await?;
    found.ok_or(Error::NotFound("saved search"))
}

/// One of the member's saved searches, locked until the transaction ends.
pub(super) async fn find_for_update(tx: &Tx, member: MemberId, id: SavedSearchId) -> Result<saved_search::Model> {
    let found = own(member).filter(saved_search::COLUMN.id.eq(id)).lock_exclusive();
    found.one(tx).await?.ok_or(Error::NotFound("saved search"))
}

/// A search for the server's own work, locked until the transaction ends; `None` if it has been deleted.
pub async fn hold(tx: &Tx, id: SavedSearchId) -> Result<Option<saved_search::Model>> {
    let held = saved_search::Entity::find_by_id(id).lock_exclusive();
    Ok(held.one(tx).await?)
}

/// Searches whose digest is due, longest overdue first, after a position in that order.
pub async fn due(
    db: &impl ConnectionTrait,
    now: Timestamp,
    after: Option<(Timestamp, SavedSearchId)>,
    most: u64,
) -> Result<Vec<saved_search::Model>> {
    let mut due = saved_search::Entity::find().filter(saved_search::COLUMN.next_digest_at.lte(now));
    if let Some((time, id)) = after {
        let beside = Condition::all()
            .add(saved_search::COLUMN.next_digest_at.eq(time))
            .add(saved_search::COLUMN.id.gt(id));
        let later = saved_search::COLUMN.next_digest_at.gt(time);
        due = due.filter(Condition::any().add(later).add(beside));
    }
    let in_order = due
        .order_by_asc(saved_search::Column::NextDigestAt)
        .order_by_asc(saved_search::Column::Id);
    Ok(in_order.limit(most).all(db).await?)
}

/// Reads the filter of a row.
pub fn filter_of(search: &saved_search::Model) -> Result<SavedFilter> {
    form::read(&search.filter)
}
