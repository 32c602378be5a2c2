//! Emojis that members put to messages.

use std::collections::BTreeSet;

use entity::{
    id::{MemberId, MessageId},
    message_reaction,
};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, FromQueryResult, QueryFilter, QueryOrder, QuerySelect,
    sea_query::{Expr, ExprTrait, SimpleExpr},
};

use crate::kernel::Result;

/// One emoji of a message.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult)]
pub struct Reaction {
    /// Of which message.
    pub message_id: MessageId,
    /// The emoji, as the first or another member gave it.
    pub emoji: String,
    /// How many members put it.
    pub members: i64,
    /// Whether the member who looks is one of them: 0 or 1.
    pub own: i64,
}

/// The emojis of messages that the member may see, each message's in the order in which they first came.
pub async fn reactions_of(db: &impl ConnectionTrait, me: MemberId, ids: &[MessageId]) -> Result<Vec<Reaction>> {
    let one = |value: i64| Expr::value(value);
    let own: SimpleExpr = Expr::case(Expr::col(message_reaction::Column::MemberId).eq(me), one(1))
        .finally(one(0))
        .into();
    let rows = message_reaction::Entity::find()
        .select_only()
        .column(message_reaction::Column::MessageId)
        .column_as(message_reaction::Column::Emoji.min(), "emoji")
        .column_as(message_reaction::Column::MemberId.count(), "members")
        .column_as(own.max(), "own")
        .filter(message_reaction::COLUMN.message_id.is_in(ids.iter().copied()))
        .group_by(message_reaction::Column::MessageId)
        .group_by(message_reaction::Column::EmojiKey)
        .order_by_asc(message_reaction::Column::CreatedAt.min())
        .order_by_asc(message_reaction::Column::EmojiKey);
    Ok(rows.into_model().all(db).await?)
}

/// The different emojis of a message, by what makes them different.
pub async fn emoji_keys(db: &impl ConnectionTrait, id: MessageId) -> Result<BTreeSet<String>> {
    let keys = message_reaction::Entity::find()
        .select_only()
        .column(message_reaction::Column::EmojiKey)
        .distinct()
        .filter(message_reaction::COLUMN.message_id.eq(id))
        .into_tuple();
    Ok(keys.all(db).await?.into_iter().collect())
}
