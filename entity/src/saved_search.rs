//! Table `saved_searches`.

use sea_orm::entity::prelude::*;

use crate::{
    Timestamp,
    id::{MemberId, PetId, SavedSearchId},
    vocabulary::SearchNotify,
};

/// Searches that members keep.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "saved_searches")]
pub struct Model {
    /// Key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: SavedSearchId,
    /// Whose it is.
    pub member_id: MemberId,
    /// What the member calls it.
    pub name: String,
    /// How the member wants to hear of new reports.
    pub notify: SearchNotify,
    /// The checked filter as JSON.
    #[sea_orm(column_type = "Text")]
    pub filter: String,
    /// Reports with greater ids are new to the member; ids grow with time.
    pub seen_to: PetId,
    /// Reports with ids from here on belong into the next digest.
    pub digested_to: PetId,
    /// When the next digest is due; null unless the member wants one.
    pub next_digest_at: Option<Timestamp>,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it last changed.
    pub updated_at: Timestamp,
}

impl ActiveModelBehavior for ActiveModel {}
