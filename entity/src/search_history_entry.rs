//! Table `search_history`.

use sea_orm::entity::prelude::*;

use crate::{
    Timestamp,
    id::{MemberId, SearchHistoryEntryId},
};

/// What members looked for, each search once.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "search_history")]
pub struct Model {
    /// Key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: SearchHistoryEntryId,
    /// Who.
    pub member_id: MemberId,
    /// Hash of the filter, by which equal searches are known.
    pub fingerprint: String,
    /// The checked filter as JSON.
    #[sea_orm(column_type = "Text")]
    pub filter: String,
    /// How often.
    pub times_searched: i32,
    /// When it was looked for last.
    pub searched_at: Timestamp,
    /// When it was looked for first.
    pub created_at: Timestamp,
}

impl ActiveModelBehavior for ActiveModel {}
