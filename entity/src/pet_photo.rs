//! Table `pet_photos`.

use sea_orm::entity::prelude::*;

use crate::id::{PetId, PhotoId};

/// Which photos show which pet, in which order.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "pet_photos")]
pub struct Model {
    /// Which pet.
    #[sea_orm(primary_key, auto_increment = false)]
    pub pet_id: PetId,
    /// Photo id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub photo_id: PhotoId,
    /// From 0; 0 is the primary photo.
    pub position: i32,
}

impl ActiveModelBehavior for ActiveModel {}
