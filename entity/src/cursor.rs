//! Table `cursors`.

use sea_orm::entity::prelude::*;

/// How far a reader of the log has come.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "cursors")]
pub struct Model {
    /// Name.
    #[sea_orm(primary_key, auto_increment = false)]
    pub name: String,
    /// Number of the last event that was handled.
    pub value: i64,
}

impl ActiveModelBehavior for ActiveModel {}
