//! Table `photos`.

use sea_orm::entity::prelude::*;

use crate::{
    Timestamp,
    id::{MemberId, PhotoId, UploadId},
    vocabulary::UploadPurpose,
};

/// Photos: rotated upright, stripped of metadata, and stored beside their thumbnails.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "photos")]
pub struct Model {
    /// UUIDv7; `pho_…` outside the database.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: PhotoId,
    /// The member who uploaded it, or who started the import that had it fetched.
    pub owner_id: MemberId,
    /// The upload that it was made from; each upload makes one photo. That of a fetched photo names no upload.
    #[sea_orm(unique)]
    pub upload_id: UploadId,
    /// Where it may be used: in reports and sightings, or in messages.
    pub purpose: UploadPurpose,
    /// Media type of the stored file, which may differ from the uploaded one.
    pub content_type: String,
    /// Width in pixels.
    pub width: i32,
    /// Height in pixels.
    pub height: i32,
    /// Alternative text, at most 500 characters.
    #[sea_orm(column_type = "Text")]
    pub alt: Option<String>,
    /// Whether it was removed from everywhere it was shown; it is not served any more.
    pub withdrawn: bool,
    /// When it was taken, according to the file; only kept for pictures that prove a claim.
    pub taken_at: Option<Timestamp>,
    /// When it was made.
    pub created_at: Timestamp,
}

impl ActiveModelBehavior for ActiveModel {}
