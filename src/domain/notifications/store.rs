//! All queries for alerts and notifications; each belongs to one member.

use entity::{
    id::{MemberId, NotificationId},
    match_alert, notification,
};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect, Select,
    sea_query::Expr,
};

use crate::{
    deps::{Direction, Keyset},
    kernel::{
        Error, Result,
        page::{KeyValue, Page, Slice},
    },
};

/// Maximum number of items that a stream reads at once.
const BATCH: u64 = 100;

fn own(member: MemberId) -> Select<notification::Entity> {
    notification::Entity::find().filter(notification::COLUMN.member_id.eq(member))
}

fn listed(member: MemberId, unread_only: bool) -> Select<notification::Entity> {
    let own = own(member);
    if unread_only {
        own.filter(notification::COLUMN.read_at.is_null())
    } else {
        own
    }
}

/// A page of a member's notifications, newest first.
pub async fn page(
    db: &impl ConnectionTrait,
    member: MemberId,
    unread_only: bool,
    page: &Page,
) -> Result<Slice<notification::Model>> {
    let keyset = Keyset {
        list: "notifications",
        columns: vec![Expr::col((notification::Entity, notification::Column::Number))],
        direction: Direction::Descending,
    };
    let key = |row: &notification::Model| vec![KeyValue::Int(row.number)];
    keyset.page(db, listed(member, unread_only), page, key).await
}

/// Number of notifications in this list.
pub async fn count(db: &impl ConnectionTrait, member: MemberId, unread_only: bool) -> Result<u64> {
    Ok(listed(member, unread_only).count(db).await?)
}

/// Number of unread notifications.
pub async fn unread_count(db: &impl ConnectionTrait, member: MemberId) -> Result<u64> {
    count(db, member, true).await
}

/// One of the member's notifications.
pub async fn find(db: &impl ConnectionTrait, member: MemberId, id: NotificationId) -> Result<notification::Model> {
    own(member)
        .filter(notification::COLUMN.id.eq(id))
        .one(db)
        .await?
        .ok_or(Error::NotFound("notification"))
}

/// Whether the member has a notification with this key.
pub async fn was_told(db: &impl ConnectionTrait, member: MemberId, unique_key: &str) -> Result<bool> {
    let told = own(member).filter(notification::COLUMN.unique_key.eq(unique_key));
    Ok(told.one(db).await?.is_some())
}

/// The next notifications after a number, oldest first, at most 100.
pub async fn notifications_after(
    db: &impl ConnectionTrait,
    member: MemberId,
    number: i64,
) -> Result<Vec<notification::Model>> {
    let after = own(member).filter(notification::COLUMN.number.gt(number));
    Ok(after
        .order_by_asc(notification::Column::Number)
        .limit(BATCH)
        .all(db)
        .await?)
}

/// The number of the member's last notification; 0 if there is none.
pub async fn last_notification(db: &impl ConnectionTrait, member: MemberId) -> Result<i64> {
    Ok(own(member)
        .order_by_desc(notification::Column::Number)
        .one(db)
        .await?
        .map_or(0, |row| row.number))
}

/// The next alerts after a number, oldest first, at most 100.
pub async fn alerts_after(db: &impl ConnectionTrait, member: MemberId, number: i64) -> Result<Vec<match_alert::Model>> {
    let after = match_alert::Entity::find()
        .filter(match_alert::COLUMN.member_id.eq(member))
        .filter(match_alert::COLUMN.number.gt(number));
    Ok(after
        .order_by_asc(match_alert::Column::Number)
        .limit(BATCH)
        .all(db)
        .await?)
}

/// The number of the member's last alert; 0 if there is none.
pub async fn last_alert(db: &impl ConnectionTrait, member: MemberId) -> Result<i64> {
    let last = match_alert::Entity::find()
        .filter(match_alert::COLUMN.member_id.eq(member))
        .order_by_desc(match_alert::Column::Number);
    Ok(last.one(db).await?.map_or(0, |row| row.number))
}

/// The start of a stream: after the given number, or after the last one if none is given. A number that was never
/// assigned is refused.
pub fn resume_from(after: Option<i32>, last: i64) -> Result<i64> {
    match after.map(i64::from) {
        None => Ok(last),
        Some(after) if (0..=last).contains(&after) => Ok(after),
        Some(_) => Err(Error::ResumeUnavailable),
    }
}
