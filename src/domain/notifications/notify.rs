//! Stores a notification.

use entity::{
    id::{MemberId, NotificationId},
    notification,
    vocabulary::NotificationKind,
};
use sea_orm::{ActiveValue::Set, EntityTrait};

use super::store;
use crate::{
    deps::{Deps, Tx, next_numbers},
    events::NotificationEvent,
    kernel::Result,
};

/// What somebody is told.
pub struct News {
    /// What it is about.
    pub kind: NotificationKind,
    /// One line.
    pub title: String,
    /// A sentence or two.
    pub body: String,
    /// Global id of the thing that it is about.
    pub subject: Option<String>,
    /// What it stands for; the same twice is told once.
    pub unique_key: String,
}

/// Tells a member something, unless they were told before. Two jobs that do it at once collide on the unique key; the
/// second one fails, is tried again and finds it told.
pub async fn notify(deps: &Deps, tx: &Tx, member_id: MemberId, news: News) -> Result<()> {
    if store::was_told(tx, member_id, &news.unique_key).await? {
        return Ok(());
    }
    let number = next_numbers(tx, &format!("notifications:{member_id}"), 1).await?;
    let row = notification::ActiveModel {
        id: Set(NotificationId(deps.ids.uuid(tx.now()))),
        member_id: Set(member_id),
        number: Set(number),
        kind: Set(news.kind),
        title: Set(news.title),
        body: Set(news.body),
        subject: Set(news.subject),
        unique_key: Set(news.unique_key),
        read_at: Set(None),
        created_at: Set(tx.now()),
    };
    notification::Entity::insert(row).exec_without_returning(tx).await?;
    tx.announce(NotificationEvent::NotificationsChanged { member_id });
    Ok(())
}
