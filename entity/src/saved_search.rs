//! Table `saved_searches`.

use sea_orm::entity::prelude::*;

use crate::{
    Timestamp,
    id::{MemberId, PetId, SavedSearchId},
    vocabulary::SearchNotify,
};

/// Searches that members have saved.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "saved_searches")]
pub struct Model {
    /// UUIDv7; `sav_…` outside the database.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: SavedSearchId,
    /// The member who saved it.
    pub member_id: MemberId,
    /// Label given by the member, at most 80 characters.
    pub name: String,
    /// How the member is notified of new reports.
    pub notify: SearchNotify,
    /// The validated filter as JSON.
    #[sea_orm(column_type = "Text")]
    pub filter: String,
    /// Reports with greater ids are new to the member; ids increase over time.
    pub seen_to: PetId,
    /// Reports with this id or a greater one belong in the next digest.
    pub digested_to: PetId,
    /// When the next digest is due; null unless `notify` is `daily`.
    pub next_digest_at: Option<Timestamp>,
    /// When it was saved.
    pub created_at: Timestamp,
    /// When it last changed.
    pub updated_at: Timestamp,
}

impl ActiveModelBehavior for ActiveModel {}
