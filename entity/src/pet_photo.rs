//! Table `pet_photos`.

use sea_orm::entity::prelude::*;

use crate::id::{PetId, PhotoId};

/// Photos of each pet, in order.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "pet_photos")]
pub struct Model {
    /// The pet that the photo shows.
    #[sea_orm(primary_key, auto_increment = false)]
    pub pet_id: PetId,
    /// The photo.
    #[sea_orm(primary_key, auto_increment = false)]
    pub photo_id: PhotoId,
    /// Starts at 0, which is the primary photo.
    pub position: i32,
}

impl ActiveModelBehavior for ActiveModel {}
