//! Table `histories`.

use sea_orm::entity::prelude::*;

/// Which history of the database this is: numbers of streams mean something within one only.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "histories")]
pub struct Model {
    /// Whose; there is one for the whole database.
    #[sea_orm(primary_key, auto_increment = false)]
    pub name: String,
    /// A random id, another one after a backup was restored.
    pub epoch: String,
}

impl ActiveModelBehavior for ActiveModel {}
