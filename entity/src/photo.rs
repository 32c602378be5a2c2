//! Table `photos`.

use sea_orm::entity::prelude::*;

use crate::{
    Timestamp,
    id::{MemberId, PhotoId, UploadId},
    vocabulary::UploadPurpose,
};

/// Photos, turned upright, stripped of metadata, stored beside their thumbnails.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "photos")]
pub struct Model {
    /// Key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: PhotoId,
    /// Who uploaded it.
    pub owner_id: MemberId,
    /// The bytes that it was made from; once.
    #[sea_orm(unique)]
    pub upload_id: UploadId,
    /// Where it may be used.
    pub purpose: UploadPurpose,
    /// Type as stored.
    pub content_type: String,
    /// Pixels.
    pub width: i32,
    /// Pixels.
    pub height: i32,
    /// Description for those who cannot see it.
    #[sea_orm(column_type = "Text")]
    pub alt: Option<String>,
    /// Whether it was shown and is shown nowhere any more: it is not served then.
    pub withdrawn: bool,
    /// When.
    pub created_at: Timestamp,
}

impl ActiveModelBehavior for ActiveModel {}
