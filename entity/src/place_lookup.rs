//! Table `place_lookups`.

use sea_orm::entity::prelude::*;

use crate::Timestamp;

/// A report or sighting whose place a service is to be asked for.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "place_lookups")]
pub struct Model {
    /// Global id of the pet or sighting.
    #[sea_orm(primary_key, auto_increment = false)]
    pub subject: String,
    /// How often the service was asked in vain.
    pub attempts: i32,
    /// When it was last asked.
    pub asked_at: Option<Timestamp>,
    /// Not before then; null when it is not asked any more, because it knows nothing better.
    pub next_at: Option<Timestamp>,
}

impl ActiveModelBehavior for ActiveModel {}
