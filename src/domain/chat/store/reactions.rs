//! Emoji reactions.

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

/// One emoji on a message.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult)]
pub struct Reaction {
    /// The message.
    pub message_id: MessageId,
    /// The emoji, as one of the members typed it.
    pub emoji: String,
    /// Number of members who reacted with it.
    pub members: i64,
    /// 1 if the viewer is one of them, otherwise 0.
    pub own: i64,
}

/// The reactions to messages that the member may see, ordered for each message by first use.
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

/// Keys of the different emojis on a message.
pub async fn emoji_keys(db: &impl ConnectionTrait, id: MessageId) -> Result<BTreeSet<String>> {
    let keys = message_reaction::Entity::find()
        .select_only()
        .column(message_reaction::Column::EmojiKey)
        .distinct()
        .filter(message_reaction::COLUMN.message_id.eq(id))
        .into_tuple();
    Ok(keys.all(db).await?.into_iter().collect())
}
