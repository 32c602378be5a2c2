//! Table `message_changes`.

use sea_orm::entity::prelude::*;

use crate::{
    id::{ConversationId, MessageId},
    vocabulary::MessageChange,
};

/// Everything that happened to the messages of a conversation, in order.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "message_changes")]
pub struct Model {
    /// The conversation that the message belongs to.
    #[sea_orm(primary_key, auto_increment = false)]
    pub conversation_id: ConversationId,
    /// Position in the conversation, starting at 1, without gaps.
    #[sea_orm(primary_key, auto_increment = false)]
    pub revision: i64,
    /// The message that changed.
    pub message_id: MessageId,
    /// Kind of change; the message itself is read in its present state.
    pub change: MessageChange,
}

impl ActiveModelBehavior for ActiveModel {}
