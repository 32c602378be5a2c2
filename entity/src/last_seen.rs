//! Table `last_seen`.

use sea_orm::entity::prelude::*;

use crate::{Timestamp, id::MemberId};

/// When members last had a socket open.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "last_seen")]
pub struct Model {
    /// Who.
    #[sea_orm(primary_key, auto_increment = false)]
    pub member_id: MemberId,
    /// When, exact to a minute.
    pub seen_at: Timestamp,
}

impl ActiveModelBehavior for ActiveModel {}
