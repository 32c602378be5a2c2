//! Table `message_changes`.

use sea_orm::entity::prelude::*;

use crate::{
    id::{ConversationId, MessageId},
    vocabulary::MessageChange,
};

/// What happened in a conversation, in order.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "message_changes")]
pub struct Model {
    /// Where.
    #[sea_orm(primary_key, auto_increment = false)]
    pub conversation_id: ConversationId,
    /// Gap-free in its conversation, from 1.
    #[sea_orm(primary_key, auto_increment = false)]
    pub revision: i64,
    /// To which message.
    pub message_id: MessageId,
    /// What.
    pub change: MessageChange,
}

impl ActiveModelBehavior for ActiveModel {}
