//! Table `messages`.

use sea_orm::entity::prelude::*;

use crate::{
    Timestamp,
    id::{ConversationId, MemberId, MessageId},
};

/// Chat messages, including those of the system.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "messages")]
pub struct Model {
    /// UUIDv7; `msg_…` outside the database.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: MessageId,
    /// The conversation that it was sent to.
    pub conversation_id: ConversationId,
    /// Position in the conversation, starting at 1, without gaps.
    pub sequence: i64,
    /// Number of its last change within the conversation.
    pub revision: i64,
    /// Null for system messages.
    pub sender_id: Option<MemberId>,
    /// At most 1,000 characters; null if there is none, or if the message was deleted.
    #[sea_orm(column_type = "Text")]
    pub text: Option<String>,
    /// JSON list of photo ids, at most 6.
    #[sea_orm(column_type = "Text")]
    pub image_ids: String,
    /// The message of the same conversation that it replies to.
    pub reply_to_id: Option<MessageId>,
    /// The sender's idempotency key, at most 200 characters.
    pub client_key: Option<String>,
    /// SHA-256 of what was sent, to tell a repeat from a reused key.
    pub request_hash: Option<String>,
    /// JSON of the safety findings in the text; null if there are none.
    #[sea_orm(column_type = "Text")]
    pub review: Option<String>,
    /// JSON of a system message; null for a member's message.
    #[sea_orm(column_type = "Text")]
    pub system: Option<String>,
    /// When it was sent.
    pub sent_at: Timestamp,
    /// When its text was last edited; null if never.
    pub edited_at: Option<Timestamp>,
    /// When it was deleted along with its text and images; null if it was not.
    pub deleted_at: Option<Timestamp>,
}

impl ActiveModelBehavior for ActiveModel {}
