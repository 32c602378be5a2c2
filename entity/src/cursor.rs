//! Table `cursors`.

use sea_orm::entity::prelude::*;

/// The positions of readers of the event log.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "cursors")]
pub struct Model {
    /// Name of the reader, such as `relay`.
    #[sea_orm(primary_key, auto_increment = false)]
    pub name: String,
    /// Number of the last event that the reader has handled.
    pub value: i64,
}

impl ActiveModelBehavior for ActiveModel {}
