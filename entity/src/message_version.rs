//! Table `message_versions`.

use sea_orm::entity::prelude::*;

use crate::{Timestamp, id::MessageId};

/// Former contents of edited or deleted messages; for moderators only, never for participants.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "message_versions")]
pub struct Model {
    /// The message that was edited or deleted.
    #[sea_orm(primary_key, auto_increment = false)]
    pub message_id: MessageId,
    /// Number of the change that replaced this content.
    #[sea_orm(primary_key, auto_increment = false)]
    pub revision: i64,
    /// Former text; null if there was none.
    #[sea_orm(column_type = "Text")]
    pub text: Option<String>,
    /// JSON list of the former photo ids.
    #[sea_orm(column_type = "Text")]
    pub image_ids: String,
    /// When this content was written.
    pub written_at: Timestamp,
    /// When this content was replaced or deleted.
    pub replaced_at: Timestamp,
}

impl ActiveModelBehavior for ActiveModel {}
