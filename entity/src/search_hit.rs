//! Table `search_hits`.

use sea_orm::entity::prelude::*;

use crate::{
    Timestamp,
    id::{PetId, SavedSearchId},
};

/// Reports that an instant search has already notified its member about.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "search_hits")]
pub struct Model {
    /// The saved search.
    #[sea_orm(primary_key, auto_increment = false)]
    pub search_id: SavedSearchId,
    /// The report.
    #[sea_orm(primary_key, auto_increment = false)]
    pub pet_id: PetId,
    /// When the member was notified.
    pub created_at: Timestamp,
}

impl ActiveModelBehavior for ActiveModel {}
