//! Table `message_reactions`.

use sea_orm::entity::prelude::*;

use crate::{
    Timestamp,
    id::{MemberId, MessageId},
};

/// Who put which emoji to which message.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "message_reactions")]
pub struct Model {
    /// To which message.
    #[sea_orm(primary_key, auto_increment = false)]
    pub message_id: MessageId,
    /// Who.
    #[sea_orm(primary_key, auto_increment = false)]
    pub member_id: MemberId,
    /// The emoji without what only says how it is drawn.
    #[sea_orm(primary_key, auto_increment = false)]
    pub emoji_key: String,
    /// The emoji as it was given.
    pub emoji: String,
    /// When.
    pub created_at: Timestamp,
}

impl ActiveModelBehavior for ActiveModel {}
