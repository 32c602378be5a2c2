//! Table `message_images`.

use sea_orm::entity::prelude::*;

use crate::id::{MessageId, PhotoId};

/// In which message an image was sent; each only once.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "message_images")]
pub struct Model {
    /// Which image.
    #[sea_orm(primary_key, auto_increment = false)]
    pub photo_id: PhotoId,
    /// In which message.
    pub message_id: MessageId,
}

impl ActiveModelBehavior for ActiveModel {}
