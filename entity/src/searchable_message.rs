//! Table `searchable_messages`.

use sea_orm::entity::prelude::*;

use crate::id::{ConversationId, MessageId};

/// The words that messages are found by. The databases keep an index of them by themselves.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "searchable_messages")]
pub struct Model {
    /// Greater for later messages of one conversation.
    #[sea_orm(primary_key)]
    pub number: i64,
    /// Which message.
    #[sea_orm(unique)]
    pub message_id: MessageId,
    /// Where it was said.
    pub conversation_id: ConversationId,
    /// The conversation as a word of the index.
    pub scope: String,
    /// Lower-cased words without accents, parted by single spaces.
    #[sea_orm(column_type = "Text")]
    pub words: String,
}

impl ActiveModelBehavior for ActiveModel {}
