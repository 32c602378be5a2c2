//! Table `message_images`.

use sea_orm::entity::prelude::*;

use crate::id::{MessageId, PhotoId};

/// The message in which each image was sent; an image can be sent only once.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "message_images")]
pub struct Model {
    /// The image; primary key, so that no second message can use it.
    #[sea_orm(primary_key, auto_increment = false)]
    pub photo_id: PhotoId,
    /// The message that it was sent in.
    pub message_id: MessageId,
}

impl ActiveModelBehavior for ActiveModel {}
