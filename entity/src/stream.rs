//! Table `streams`.

use sea_orm::entity::prelude::*;

/// Counters of numbered streams; locking the row until the commit keeps the numbers free of gaps.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "streams")]
pub struct Model {
    /// Name of the stream, such as `log` or `alerts:mem_…`.
    #[sea_orm(primary_key, auto_increment = false)]
    pub key: String,
    /// The last number that was assigned.
    pub value: i64,
}

impl ActiveModelBehavior for ActiveModel {}
