//! Table `messages`.

use sea_orm::entity::prelude::*;

use crate::{
    Timestamp,
    id::{ConversationId, MemberId, MessageId},
};

/// Messages.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "messages")]
pub struct Model {
    /// Key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: MessageId,
    /// Conversation id.
    pub conversation_id: ConversationId,
    /// Gap-free in its conversation, from 1.
    pub sequence: i64,
    /// Number of its last change in the conversation.
    pub revision: i64,
    /// Null for system messages.
    pub sender_id: Option<MemberId>,
    /// Text.
    #[sea_orm(column_type = "Text")]
    pub text: Option<String>,
    /// JSON list of photo ids.
    #[sea_orm(column_type = "Text")]
    pub image_ids: String,
    /// Reply to id.
    pub reply_to_id: Option<MessageId>,
    /// The sender's idempotency key.
    pub client_key: Option<String>,
    /// SHA-256 of the send's content, to tell a repeat from a clash.
    pub request_hash: Option<String>,
    /// JSON of what the system tells; null for what a member said.
    #[sea_orm(column_type = "Text")]
    pub system: Option<String>,
    /// Sent at.
    pub sent_at: Timestamp,
    /// When its text was last changed.
    pub edited_at: Option<Timestamp>,
    /// When it was deleted: text and images are gone then.
    pub deleted_at: Option<Timestamp>,
}

impl ActiveModelBehavior for ActiveModel {}
