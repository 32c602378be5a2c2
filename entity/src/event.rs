//! Table `events`.

use sea_orm::entity::prelude::*;

use crate::Timestamp;

/// The event log, ordered by number.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "events")]
pub struct Model {
    /// Starts at 1 and has no gaps.
    #[sea_orm(primary_key, auto_increment = false)]
    pub number: i64,
    /// Tag of the `Event` variant.
    pub kind: String,
    /// The event as JSON; holds ids only, never contents.
    #[sea_orm(column_type = "Text")]
    pub payload: String,
    /// When the transaction that announced it was run.
    pub created_at: Timestamp,
}

impl ActiveModelBehavior for ActiveModel {}
