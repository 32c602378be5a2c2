//! Table `share_visits`.

use sea_orm::entity::prelude::*;

use crate::{Timestamp, id::ShareId};

/// Visits through a link, one per visitor and day.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "share_visits")]
pub struct Model {
    /// Share id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub share_id: ShareId,
    /// Keyed hash of address, agent and day.
    #[sea_orm(primary_key, auto_increment = false)]
    pub visitor: String,
    /// Visited at.
    pub visited_at: Timestamp,
}

impl ActiveModelBehavior for ActiveModel {}
