//! The log of changes of a conversation, what messages said before, and who chose what.

use entity::{
    chat_settings,
    id::{ConversationId, MemberId},
    message, message_change, message_version,
    vocabulary::MessageChange,
};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, JoinType, QueryFilter, QueryOrder, QuerySelect,
    sea_query::OnConflict,
};

use crate::kernel::{Error, Result};

/// Something that happened to a message, and the message as it is now.
#[derive(Debug, Clone)]
pub struct Change {
    /// Number of the change in its conversation.
    pub revision: i64,
    /// What happened.
    pub change: MessageChange,
    /// The message in its present state, which may be that after later changes.
    pub message: message::Model,
}

/// Changes with a greater number, in the order of those numbers.
pub async fn changes_after(
    db: &impl ConnectionTrait,
    id: ConversationId,
    revision: i64,
    limit: u64,
) -> Result<Vec<Change>> {
    let of = message_change::Entity::belongs_to(message::Entity)
        .from(message_change::Column::MessageId)
        .to(message::Column::Id)
        .into();
    let rows = message_change::Entity::find()
        .select_also(message::Entity)
        .join(JoinType::InnerJoin, of)
        .filter(message_change::COLUMN.conversation_id.eq(id))
        .filter(message_change::COLUMN.revision.gt(revision))
        .order_by_asc(message_change::Column::Revision)
        .limit(limit)
        .all(db)
        .await?;
    let change = |(row, message): (message_change::Model, Option<message::Model>)| {
        Ok(Change {
            revision: row.revision,
            change: row.change,
            message: message.ok_or_else(|| Error::broken("a change names a message that is not there"))?,
        })
    };
    rows.into_iter().map(change).collect()
}

/// Notes the change that gave the message its present revision.
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

/// Keeps what a message says until its next change, for moderators.
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

/// Whether the others see how far the member reads.
pub async fn shows_reading(db: &impl ConnectionTrait, member: MemberId) -> Result<bool> {
    let chosen = chat_settings::Entity::find_by_id(member).one(db).await?;
    Ok(chosen.is_none_or(|chosen| chosen.read_receipts))
}

/// Stores whether the others see how far the member reads.
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
