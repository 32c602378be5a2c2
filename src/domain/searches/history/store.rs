//! All queries for search histories; each entry belongs to one member, and nobody else can see it.

use entity::{
    id::{MemberId, SearchHistoryEntryId},
    search_history_entry, search_history_opt_out,
};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter, Select, sea_query::Expr};

use crate::{
    deps::{Direction, Keyset},
    domain::searches::{form, model::SavedFilter},
    kernel::{
        Error, Result,
        page::{KeyValue, Page, Slice},
    },
};

fn own(member: MemberId) -> Select<search_history_entry::Entity> {
    search_history_entry::Entity::find().filter(search_history_entry::COLUMN.member_id.eq(member))
}

/// A page of the member's searches, most recent first.
pub async fn searched_by(
    db: &impl ConnectionTrait,
    member: MemberId,
    page: &Page,
) -> Result<Slice<search_history_entry::Model>> {
    let keyset = Keyset {
        list: "search-history",
        columns: [
            search_history_entry::Column::SearchedAt,
            search_history_entry::Column::Id,
        ]
        .map(|column| Expr::col((search_history_entry::Entity, column)))
        .to_vec(),
        direction: Direction::Descending,
    };
    let key = |row: &search_history_entry::Model| vec![KeyValue::Int(row.searched_at.0), KeyValue::Id(row.id.0)];
    keyset.page(db, own(member), page, key).await
}

/// Number of different searches in a member's history.
pub async fn count_searched_by(db: &impl ConnectionTrait, member: MemberId) -> Result<u64> {
    Ok(own(member).count(db).await?)
}

/// One entry of the member's history.
pub async fn find_searched(
    db: &impl ConnectionTrait,
    member: MemberId,
    id: SearchHistoryEntryId,
) -> Result<search_history_entry::Model> {
    let found = own(member)
        .filter(search_history_entry::COLUMN.id.eq(id))
        .one(db)
        .await?;
    found.ok_or(Error::NotFound("entry of your search history"))
}

/// Whether searches of a member are recorded.
pub async fn is_kept(db: &impl ConnectionTrait, member: MemberId) -> Result<bool> {
    Ok(search_history_opt_out::Entity::find_by_id(member)
        .one(db)
        .await?
        .is_none())
}

/// Reads the filter of a row.
pub fn filter_of_entry(entry: &search_history_entry::Model) -> Result<SavedFilter> {
    form::read(&entry.filter)
}
