//! Table `place_services`.

use sea_orm::entity::prelude::*;

use crate::Timestamp;

/// Rate limit of each geocoding service, shared by all nodes.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "place_services")]
pub struct Model {
    /// Name of the service.
    #[sea_orm(primary_key, auto_increment = false)]
    pub name: String,
    /// The next time slot that nobody has taken.
    pub next_at: Timestamp,
    /// Nobody asks before this time, because the service failed or asked for a pause.
    pub paused_until: Timestamp,
    /// Consecutive failures since its last answer.
    pub failures: i32,
}

impl ActiveModelBehavior for ActiveModel {}
