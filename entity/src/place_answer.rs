//! Table `place_answers`.

use sea_orm::entity::prelude::*;

use crate::Timestamp;

/// Cached answers of the geocoding service.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "place_answers")]
pub struct Model {
    /// Keyed hash of the query, because an address is personal data.
    #[sea_orm(primary_key, auto_increment = false)]
    pub key: String,
    /// JSON list of places; an empty list if the service found nothing.
    #[sea_orm(column_type = "Text")]
    pub answer: String,
    /// When the answer becomes stale and the service is asked again.
    pub expires_at: Timestamp,
}

impl ActiveModelBehavior for ActiveModel {}
