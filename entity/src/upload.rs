//! Table `uploads`.

use sea_orm::entity::prelude::*;

use crate::{
    Timestamp,
    id::{ApiKeyId, MemberId, UploadId},
    vocabulary::{UploadPurpose, UploadState},
};

/// Files that clients announce and then send by PUT.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "uploads")]
pub struct Model {
    /// UUIDv7; `upl_…` outside the database.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: UploadId,
    /// The member who may use it.
    pub owner_id: MemberId,
    /// The API key that announced it and alone may use it; null if a member announced it.
    pub api_key_id: Option<ApiKeyId>,
    /// Chosen when it is announced; decides where it may be used.
    pub purpose: UploadPurpose,
    /// Media type, as announced.
    pub content_type: String,
    /// Size in bytes, as announced.
    pub byte_size: i64,
    /// File name as announced, at most 255 characters; displayed, but never trusted.
    pub filename: Option<String>,
    /// Only moves forward.
    pub state: UploadState,
    /// When the upload URL expires.
    pub expires_at: Timestamp,
    /// When it was announced.
    pub created_at: Timestamp,
    /// Until when the client now sending the bytes holds the upload; nobody else may start sending before.
    pub receiving_until: Option<Timestamp>,
}

impl ActiveModelBehavior for ActiveModel {}
