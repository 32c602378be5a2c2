//! Table `photo_looks`.

use sea_orm::entity::prelude::*;

use crate::id::PhotoId;

/// What is known of how a photo of a pet looks; beside `photos`, so that lists of photos do not carry it.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "photo_looks")]
pub struct Model {
    /// Which photo.
    #[sea_orm(primary_key, auto_increment = false)]
    pub photo_id: PhotoId,
    /// The fingerprint, 96 bytes; empty for a picture that is too plain to have one.
    pub hash: Vec<u8>,
    /// What a model makes of the picture: one byte for each number; empty for a picture of which it makes nothing.
    pub vector: Option<Vec<u8>>,
    /// Fingerprint of that model's file.
    pub vector_model: Option<String>,
}

impl ActiveModelBehavior for ActiveModel {}
