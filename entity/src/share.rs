//! Table `shares`.

use sea_orm::entity::prelude::*;

use crate::{
    Timestamp,
    id::{MemberId, PetId, ShareId},
    vocabulary::SharePlatform,
};

/// Links to pets, created for sharing.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "shares")]
pub struct Model {
    /// UUIDv7; `sha_…` outside the database.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: ShareId,
    /// The pet that the link leads to.
    pub pet_id: PetId,
    /// The member who shared it.
    pub member_id: Option<MemberId>,
    /// The platform that the member shared it on.
    pub platform: SharePlatform,
    /// Last part of the short link.
    #[sea_orm(unique)]
    pub code: String,
    /// When the link was created.
    pub created_at: Timestamp,
}

impl ActiveModelBehavior for ActiveModel {}
