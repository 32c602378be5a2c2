//! Table `streams`.

use sea_orm::entity::prelude::*;

/// Counters of numbered streams; the row lock makes numbers gap-free.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "streams")]
pub struct Model {
    /// Such as `log` or `alerts:mem_…`.
    #[sea_orm(primary_key, auto_increment = false)]
    pub key: String,
    /// The last number that was given out.
    pub value: i64,
}

impl ActiveModelBehavior for ActiveModel {}
