//! Table `searchable_messages`.

use sea_orm::entity::prelude::*;

use crate::id::{ConversationId, MessageId};

/// The words of each message for text search; each database maintains its own index of them.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "searchable_messages")]
pub struct Model {
    /// Increases with each message of a conversation.
    #[sea_orm(primary_key)]
    pub number: i64,
    /// The message that holds the words.
    #[sea_orm(unique)]
    pub message_id: MessageId,
    /// The conversation of the message.
    pub conversation_id: ConversationId,
    /// The conversation encoded as a single word, so that the index can filter by it.
    pub scope: String,
    /// Lower-cased words without accents, separated by single spaces.
    #[sea_orm(column_type = "Text")]
    pub words: String,
}

impl ActiveModelBehavior for ActiveModel {}
