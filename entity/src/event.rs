//! Table `events`.

use sea_orm::entity::prelude::*;

use crate::Timestamp;

/// The log: facts in the order of their numbers.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "events")]
pub struct Model {
    /// From 1, without gaps.
    #[sea_orm(primary_key, auto_increment = false)]
    pub number: i64,
    /// Kind.
    pub kind: String,
    /// JSON; ids only.
    #[sea_orm(column_type = "Text")]
    pub payload: String,
    /// When it was made.
    pub created_at: Timestamp,
}

impl ActiveModelBehavior for ActiveModel {}
