//! Table `photo_looks`.

use sea_orm::entity::prelude::*;

use crate::id::PhotoId;

/// Visual features of a pet's photo; kept apart from `photos`, so that lists of photos do not load them.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "photo_looks")]
pub struct Model {
    /// The photo that the features describe.
    #[sea_orm(primary_key, auto_increment = false)]
    pub photo_id: PhotoId,
    /// Perceptual hash, 96 bytes; empty if the picture is too plain to have one.
    pub hash: Vec<u8>,
    /// Embedding from the vision model, one byte per component; empty if the model got nothing from the picture.
    pub vector: Option<Vec<u8>>,
    /// Fingerprint of the model file that computed `vector`.
    pub vector_model: Option<String>,
}

impl ActiveModelBehavior for ActiveModel {}
