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
    events::Event,
    kernel::Result,
};

/// The content of a notification.
pub struct News {
    /// The kind of event.
    pub kind: NotificationKind,
    /// A single line.
    pub title: String,
    /// One or two sentences.
    pub body: String,
    /// Global id of the object that it is about.
    pub subject: Option<String>,
    /// Identifies the event; a second notification with the same key is not stored.
    pub unique_key: String,
}

/// Notifies a member, unless this was done before. If two jobs do so at once, they collide on the unique key; the
/// second fails, is retried, and finds the notification.
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
    tx.announce(Event::NotificationsChanged { member_id });
    Ok(())
}
