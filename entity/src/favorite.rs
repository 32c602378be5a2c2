//! Table `favorites`.

use sea_orm::entity::prelude::*;

use crate::{
    Timestamp,
    id::{MemberId, PetId},
};

/// Pets that a member keeps an eye on.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "favorites")]
pub struct Model {
    /// Which member.
    #[sea_orm(primary_key, auto_increment = false)]
    pub member_id: MemberId,
    /// Which pet.
    #[sea_orm(primary_key, auto_increment = false)]
    pub pet_id: PetId,
    /// When it was made.
    pub created_at: Timestamp,
}

impl ActiveModelBehavior for ActiveModel {}
