//! Table `histories`.

use sea_orm::entity::prelude::*;

/// Identifies this history of the database: numbers in streams are comparable within one history only.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "histories")]
pub struct Model {
    /// Key of the only row.
    #[sea_orm(primary_key, auto_increment = false)]
    pub name: String,
    /// Random id, replaced after a backup is restored.
    pub epoch: String,
}

impl ActiveModelBehavior for ActiveModel {}
