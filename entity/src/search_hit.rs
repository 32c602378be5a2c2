//! Table `search_hits`.

use sea_orm::entity::prelude::*;

use crate::{
    Timestamp,
    id::{PetId, SavedSearchId},
};

/// Reports of which an instant search has told its member.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "search_hits")]
pub struct Model {
    /// Which search.
    #[sea_orm(primary_key, auto_increment = false)]
    pub search_id: SavedSearchId,
    /// Which report.
    #[sea_orm(primary_key, auto_increment = false)]
    pub pet_id: PetId,
    /// When the member was told.
    pub created_at: Timestamp,
}

impl ActiveModelBehavior for ActiveModel {}
