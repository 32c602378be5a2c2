//! Table `presence_hidings`.

use sea_orm::entity::prelude::*;

use crate::id::MemberId;

/// Members from whom other members hide whether they are online.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "presence_hidings")]
pub struct Model {
    /// The member who hides.
    #[sea_orm(primary_key, auto_increment = false)]
    pub member_id: MemberId,
    /// The member who does not see them.
    #[sea_orm(primary_key, auto_increment = false)]
    pub hidden_from: MemberId,
}

impl ActiveModelBehavior for ActiveModel {}
