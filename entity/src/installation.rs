//! Table `installation`.

use sea_orm::entity::prelude::*;

/// What all nodes of an installation have to agree on.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "installation")]
pub struct Model {
    /// Name.
    #[sea_orm(primary_key, auto_increment = false)]
    pub name: String,
    /// Value.
    pub value: String,
}

impl ActiveModelBehavior for ActiveModel {}
