//! Table `blocks`.

use sea_orm::entity::prelude::*;

use crate::{Timestamp, id::MemberId};

/// Members who have blocked other members.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "blocks")]
pub struct Model {
    /// The member who blocked.
    #[sea_orm(primary_key, auto_increment = false)]
    pub blocker_id: MemberId,
    /// The member who was blocked.
    #[sea_orm(primary_key, auto_increment = false)]
    pub blocked_id: MemberId,
    /// When the block was made.
    pub created_at: Timestamp,
}

impl ActiveModelBehavior for ActiveModel {}
