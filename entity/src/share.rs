//! Table `shares`.

use sea_orm::entity::prelude::*;

use crate::{
    Timestamp,
    id::{MemberId, PetId, ShareId},
    vocabulary::SharePlatform,
};

/// Links that members shared.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "shares")]
pub struct Model {
    /// Key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: ShareId,
    /// Which pet.
    pub pet_id: PetId,
    /// Which member.
    pub member_id: Option<MemberId>,
    /// Platform.
    pub platform: SharePlatform,
    /// The short link's last part.
    #[sea_orm(unique)]
    pub code: String,
    /// When it was made.
    pub created_at: Timestamp,
}

impl ActiveModelBehavior for ActiveModel {}
