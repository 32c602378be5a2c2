//! The change log of a conversation, earlier versions of messages, and privacy settings.

use std::collections::HashMap;

use entity::{
    chat_settings,
    id::{ConversationId, MemberId},
    message, message_change, message_version,
    vocabulary::MessageChange,
};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, Condition, ConnectionTrait, EntityTrait, JoinType, QueryFilter, QuerySelect,
    SelectTwo, sea_query::OnConflict,
};

use crate::kernel::{Error, Result};

/// A change of a message, with the current state of the message.
#[derive(Debug, Clone)]
pub struct Change {
    /// Number of the change within its conversation.
    pub revision: i64,
    /// The kind of change.
    pub change: MessageChange,
    /// The current state of the message, which may include later changes.
    pub message: message::Model,
}

/// For each of the conversations, its changes with the next `limit` numbers, in no particular order. Numbers have no
/// gaps, so these are exactly the next changes.
pub async fn next_changes(
    db: &impl ConnectionTrait,
    places: &[(ConversationId, i64)],
    limit: i64,
) -> Result<HashMap<ConversationId, Vec<Change>>> {
    let next = places.iter().fold(Condition::any(), |any, (id, after)| {
        any.add(
            Condition::all()
                .add(message_change::COLUMN.conversation_id.eq(*id))
                .add(message_change::COLUMN.revision.gt(*after))
                .add(message_change::COLUMN.revision.lte(after.saturating_add(limit))),
        )
    });
    let mut changes: HashMap<ConversationId, Vec<Change>> = HashMap::new();
    for row in with_messages().filter(next).all(db).await? {
        let change = change(row)?;
        changes.entry(change.message.conversation_id).or_default().push(change);
    }
    Ok(changes)
}

fn with_messages() -> SelectTwo<message_change::Entity, message::Entity> {
    let of = message_change::Entity::belongs_to(message::Entity)
        .from(message_change::Column::MessageId)
        .to(message::Column::Id)
        .into();
    message_change::Entity::find()
        .select_also(message::Entity)
        .join(JoinType::InnerJoin, of)
}

fn change((row, message): (message_change::Model, Option<message::Model>)) -> Result<Change> {
    Ok(Change {
        revision: row.revision,
        change: row.change,
        message: message.ok_or_else(|| Error::broken("a change names a message that is not there"))?,
    })
}

/// Logs the change that gave the message its current revision.
pub async fn log_change(tx: &impl ConnectionTrait, message: &message::Model, change: MessageChange) -> Result<()> {
    let row = message_change::ActiveModel {
        conversation_id: Set(message.conversation_id),
        revision: Set(message.revision),
        message_id: Set(message.id),
        change: Set(change),
    };
    message_change::Entity::insert(row).exec_without_returning(tx).await?;
    Ok(())
}

/// Keeps the content that a message had before a change, for moderators.
pub async fn keep_version(tx: &impl ConnectionTrait, before: &message::Model, after: &message::Model) -> Result<()> {
    let row = message_version::ActiveModel {
        message_id: Set(before.id),
        revision: Set(after.revision),
        text: Set(before.text.clone()),
        image_ids: Set(before.image_ids.clone()),
        written_at: Set(before.edited_at.unwrap_or(before.sent_at)),
        replaced_at: Set(after.deleted_at.or(after.edited_at).unwrap_or(before.sent_at)),
    };
    message_version::Entity::insert(row).exec_without_returning(tx).await?;
    Ok(())
}

/// Whether the member shows read receipts to others.
pub async fn shows_reading(db: &impl ConnectionTrait, member: MemberId) -> Result<bool> {
    let chosen = chat_settings::Entity::find_by_id(member).one(db).await?;
    Ok(chosen.is_none_or(|chosen| chosen.read_receipts))
}

/// Stores whether the member shows read receipts to others.
pub async fn choose_reading(tx: &impl ConnectionTrait, member: MemberId, read_receipts: bool) -> Result<()> {
    let row = chat_settings::ActiveModel {
        member_id: Set(member),
        read_receipts: Set(read_receipts),
    };
    let replace = OnConflict::column(chat_settings::Column::MemberId)
        .update_column(chat_settings::Column::ReadReceipts)
        .to_owned();
    chat_settings::Entity::insert(row)
        .on_conflict(replace)
        .exec_without_returning(tx)
        .await?;
    Ok(())
}
