//! Table `search_cells`.

use sea_orm::entity::prelude::*;

use crate::id::SavedSearchId;

/// Map cells that instant searches cover, a few for each search, so that an index finds the searches for a new report.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "search_cells")]
pub struct Model {
    /// The saved search.
    #[sea_orm(primary_key, auto_increment = false)]
    pub search_id: SavedSearchId,
    /// Level, column and row of the cell packed into one number.
    #[sea_orm(primary_key, auto_increment = false)]
    pub cell: i64,
    /// Bit set of the kinds of reports that may match.
    pub kinds: i32,
    /// Bit set of the species that may match.
    pub species: i32,
}

impl ActiveModelBehavior for ActiveModel {}
