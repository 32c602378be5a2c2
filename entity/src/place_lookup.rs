//! Table `place_lookups`.

use sea_orm::entity::prelude::*;

use crate::Timestamp;

/// Reports and sightings whose place still has to be geocoded.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "place_lookups")]
pub struct Model {
    /// Global id of the pet or sighting.
    #[sea_orm(primary_key, auto_increment = false)]
    pub subject: String,
    /// Number of attempts that found no place.
    pub attempts: i32,
    /// When the service was last asked; null if never.
    pub asked_at: Option<Timestamp>,
    /// When to ask next; null once the lookup was given up or the service knows nothing better.
    pub next_at: Option<Timestamp>,
}

impl ActiveModelBehavior for ActiveModel {}
