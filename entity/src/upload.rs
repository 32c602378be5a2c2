//! Table `uploads`.

use sea_orm::entity::prelude::*;

use crate::{
    Timestamp,
    id::{ApiKeyId, MemberId, UploadId},
    vocabulary::{UploadPurpose, UploadState},
};

/// Bytes that a client announced and sends by PUT.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "uploads")]
pub struct Model {
    /// Key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: UploadId,
    /// Who may use it.
    pub owner_id: MemberId,
    /// The key that announced it; only that key may use it then.
    pub api_key_id: Option<ApiKeyId>,
    /// What it is for.
    pub purpose: UploadPurpose,
    /// Announced type.
    pub content_type: String,
    /// Announced size in bytes.
    pub byte_size: i64,
    /// Announced name; shown, never trusted.
    pub filename: Option<String>,
    /// Moves forward only.
    pub state: UploadState,
    /// The URL's end.
    pub expires_at: Timestamp,
    /// When it was announced.
    pub created_at: Timestamp,
    /// Until when somebody who sends the bytes holds it; nobody else may begin before.
    pub receiving_until: Option<Timestamp>,
}

impl ActiveModelBehavior for ActiveModel {}
