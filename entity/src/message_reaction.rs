//! Table `message_reactions`.

use sea_orm::entity::prelude::*;

use crate::{
    Timestamp,
    id::{MemberId, MessageId},
};

/// Emoji reactions of members to messages.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "message_reactions")]
pub struct Model {
    /// The message reacted to.
    #[sea_orm(primary_key, auto_increment = false)]
    pub message_id: MessageId,
    /// The member who reacted.
    #[sea_orm(primary_key, auto_increment = false)]
    pub member_id: MemberId,
    /// The emoji without its presentation selector, so that drawings of one emoji are equal.
    #[sea_orm(primary_key, auto_increment = false)]
    pub emoji_key: String,
    /// The emoji as it was sent.
    pub emoji: String,
    /// When the member reacted.
    pub created_at: Timestamp,
}

impl ActiveModelBehavior for ActiveModel {}
