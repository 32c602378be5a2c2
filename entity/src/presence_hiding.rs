//! Table `presence_hidings`.

use sea_orm::entity::prelude::*;

use crate::id::MemberId;

/// From whom members hide whether they are online.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "presence_hidings")]
pub struct Model {
    /// Who hides.
    #[sea_orm(primary_key, auto_increment = false)]
    pub member_id: MemberId,
    /// From whom.
    #[sea_orm(primary_key, auto_increment = false)]
    pub hidden_from: MemberId,
}

impl ActiveModelBehavior for ActiveModel {}
