//! Table `installation`.

use sea_orm::entity::prelude::*;

/// Values that all nodes of an installation share.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "installation")]
pub struct Model {
    /// Name of the value, such as `secret`.
    #[sea_orm(primary_key, auto_increment = false)]
    pub name: String,
    /// Its format depends on the name.
    pub value: String,
}

impl ActiveModelBehavior for ActiveModel {}
