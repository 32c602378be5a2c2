//! Table `place_services`.

use sea_orm::entity::prelude::*;

use crate::Timestamp;

/// When a service may be asked next, by any node.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "place_services")]
pub struct Model {
    /// Which.
    #[sea_orm(primary_key, auto_increment = false)]
    pub name: String,
    /// The next turn that nobody has taken.
    pub next_at: Timestamp,
    /// Until then nobody asks, because it failed or asked for it.
    pub paused_until: Timestamp,
    /// How often it has failed since it last answered.
    pub failures: i32,
}

impl ActiveModelBehavior for ActiveModel {}
