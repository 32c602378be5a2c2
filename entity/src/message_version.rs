//! Table `message_versions`.

use sea_orm::entity::prelude::*;

use crate::{Timestamp, id::MessageId};

/// What a message said before it was edited or deleted; for moderators, never for those who talk.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "message_versions")]
pub struct Model {
    /// Which message.
    #[sea_orm(primary_key, auto_increment = false)]
    pub message_id: MessageId,
    /// Number of the change that put an end to it.
    #[sea_orm(primary_key, auto_increment = false)]
    pub revision: i64,
    /// Text.
    #[sea_orm(column_type = "Text")]
    pub text: Option<String>,
    /// JSON list of photo ids.
    #[sea_orm(column_type = "Text")]
    pub image_ids: String,
    /// Since when the message said this.
    pub written_at: Timestamp,
    /// When it was replaced.
    pub replaced_at: Timestamp,
}

impl ActiveModelBehavior for ActiveModel {}
