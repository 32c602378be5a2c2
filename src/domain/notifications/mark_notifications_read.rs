//! Marks notifications as read.

use entity::notification;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, sea_query::Expr};

use super::store;
use crate::{
    deps::Deps,
    events::Event,
    kernel::{Error, FieldCode, Result, Viewer},
};

/// Marks all notifications up to a number as read and returns the number still unread. Idempotent.
pub async fn mark_notifications_read(deps: &Deps, viewer: &Viewer, up_to: i32) -> Result<u64> {
    let member_id = viewer.require_member()?;
    deps.write(async |tx| {
        let last = store::last_notification(tx, member_id).await?;
        if !(0..=last).contains(&i64::from(up_to)) {
            let message = format!("upTo must be from 0 to {last}, the number of your last notification");
            return Err(Error::field("upTo", FieldCode::OutOfRange, message));
        }
        let marked = notification::Entity::update_many()
            .col_expr(notification::Column::ReadAt, Expr::value(tx.now()))
            .filter(notification::COLUMN.member_id.eq(member_id))
            .filter(notification::COLUMN.number.lte(i64::from(up_to)))
            .filter(notification::COLUMN.read_at.is_null())
            .exec(tx)
            .await?;
        if 0 < marked.rows_affected {
            tx.announce(Event::NotificationsChanged { member_id });
        }
        store::unread_count(tx, member_id).await
    })
    .await
}
