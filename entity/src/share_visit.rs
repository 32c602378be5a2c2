//! Table `share_visits`.

use sea_orm::entity::prelude::*;

use crate::{Timestamp, id::ShareId};

/// Visits through shared links, counted once per visitor and day.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "share_visits")]
pub struct Model {
    /// The link that was followed.
    #[sea_orm(primary_key, auto_increment = false)]
    pub share_id: ShareId,
    /// Keyed hash of network, user agent and day; the same visitor has another one tomorrow.
    #[sea_orm(primary_key, auto_increment = false)]
    pub visitor: String,
    /// When the link was first followed that day.
    pub visited_at: Timestamp,
}

impl ActiveModelBehavior for ActiveModel {}
