//! Table `search_cells`.

use sea_orm::entity::prelude::*;

use crate::id::SavedSearchId;

/// Where on the map instant searches listen: a few cells for each search, so that a new report finds them by an index.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "search_cells")]
pub struct Model {
    /// Which search.
    #[sea_orm(primary_key, auto_increment = false)]
    pub search_id: SavedSearchId,
    /// Level, column and row of the cell in one number.
    #[sea_orm(primary_key, auto_increment = false)]
    pub cell: i64,
    /// A bit for each kind of report that may fit.
    pub kinds: i32,
    /// A bit for each species that may fit.
    pub species: i32,
}

impl ActiveModelBehavior for ActiveModel {}
