//! Table `search_history`.

use sea_orm::entity::prelude::*;

use crate::{
    Timestamp,
    id::{MemberId, SearchHistoryEntryId},
};

/// Search history of members; each search is listed once.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "search_history")]
pub struct Model {
    /// UUIDv7; `his_…` outside the database.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: SearchHistoryEntryId,
    /// The member who searched.
    pub member_id: MemberId,
    /// Hash of the filter, by which repeated searches are recognised.
    pub fingerprint: String,
    /// The validated filter as JSON.
    #[sea_orm(column_type = "Text")]
    pub filter: String,
    /// How many times the member made this search.
    pub times_searched: i32,
    /// When the member last made this search.
    pub searched_at: Timestamp,
    /// When the member first made this search.
    pub created_at: Timestamp,
}

impl ActiveModelBehavior for ActiveModel {}
