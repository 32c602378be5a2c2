//! Table `place_answers`.

use sea_orm::entity::prelude::*;

use crate::Timestamp;

/// What a service answered when it was asked for a place.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "place_answers")]
pub struct Model {
    /// Keyed hash of the question: an address is personal.
    #[sea_orm(primary_key, auto_increment = false)]
    pub key: String,
    /// JSON list of places; empty for what the service does not know.
    #[sea_orm(column_type = "Text")]
    pub answer: String,
    /// From then on the service is asked again.
    pub expires_at: Timestamp,
}

impl ActiveModelBehavior for ActiveModel {}
