//! Table `last_seen`.

use sea_orm::entity::prelude::*;

use crate::{Timestamp, id::MemberId};

/// The time at which each member last had a socket open.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "last_seen")]
pub struct Model {
    /// The member who was online.
    #[sea_orm(primary_key, auto_increment = false)]
    pub member_id: MemberId,
    /// To the minute.
    pub seen_at: Timestamp,
}

impl ActiveModelBehavior for ActiveModel {}
