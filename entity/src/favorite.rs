//! Table `favorites`.

use sea_orm::entity::prelude::*;

use crate::{
    Timestamp,
    id::{MemberId, PetId},
};

/// Pets that members have marked as favorites.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "favorites")]
pub struct Model {
    /// The member who marked the pet.
    #[sea_orm(primary_key, auto_increment = false)]
    pub member_id: MemberId,
    /// The marked pet.
    #[sea_orm(primary_key, auto_increment = false)]
    pub pet_id: PetId,
    /// When the pet was marked.
    pub created_at: Timestamp,
}

impl ActiveModelBehavior for ActiveModel {}
