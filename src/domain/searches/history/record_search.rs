//! Adds a search to a member's history.

use entity::{
    id::{MemberId, SearchHistoryEntryId},
    search_history_entry,
};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
    sea_query::{Expr, ExprTrait, OnConflict},
};

use super::store;
use crate::{
    deps::{Deps, Tx},
    domain::{
        accounts,
        pets::search::Filter,
        searches::{
            form,
            model::{MOST_REMEMBERED, SavedFilter},
        },
    },
    kernel::{Result, Viewer, secret::fingerprint},
};

/// Moves a search to the top of the member's history; repeats are counted. The history holds the last 50 different
/// searches. For a member who has turned the history off, nothing is recorded or returned.
#[tracing::instrument(skip_all)]
pub async fn record_search(
    deps: &Deps,
    viewer: &Viewer,
    filter: Filter,
) -> Result<Option<search_history_entry::Model>> {
    let member_id = viewer.require_member()?;
    let form = form::write(&SavedFilter::checked(deps, member_id, filter).await?)?;
    deps.write(async |tx| {
        accounts::lock_member(tx, member_id).await?;
        if !store::is_kept(tx, member_id).await? {
            return Ok(None);
        }
        let row = search_history_entry::ActiveModel {
            id: Set(SearchHistoryEntryId(deps.ids.uuid(tx.now()))),
            member_id: Set(member_id),
            fingerprint: Set(fingerprint(&form)),
            filter: Set(form),
            times_searched: Set(1),
            searched_at: Set(tx.now()),
            created_at: Set(tx.now()),
        };
        let entry = search_history_entry::Entity::insert(row)
            .on_conflict(once_more(tx))
            .exec_with_returning(tx)
            .await?;
        forget_the_oldest(tx, member_id).await?;
        Ok(Some(entry))
    })
    .await
}

fn once_more(tx: &Tx) -> OnConflict {
    let times = Expr::col((
        search_history_entry::Entity,
        search_history_entry::Column::TimesSearched,
    ));
    OnConflict::columns([
        search_history_entry::Column::MemberId,
        search_history_entry::Column::Fingerprint,
    ])
    .value(search_history_entry::Column::TimesSearched, times.add(1))
    .value(search_history_entry::Column::SearchedAt, Expr::value(tx.now()))
    .to_owned()
}

async fn forget_the_oldest(tx: &Tx, member: MemberId) -> Result<()> {
    let beyond: Vec<SearchHistoryEntryId> = search_history_entry::Entity::find()
        .select_only()
        .column(search_history_entry::Column::Id)
        .filter(search_history_entry::COLUMN.member_id.eq(member))
        .order_by_desc(search_history_entry::Column::SearchedAt)
        .order_by_desc(search_history_entry::Column::Id)
        .offset(MOST_REMEMBERED)
        // SQLite does not support an offset without a limit; there is at most one more row.
        .limit(MOST_REMEMBERED)
        .into_tuple()
        .all(tx)
        .await?;
    if !beyond.is_empty() {
        search_history_entry::Entity::delete_many()
            .filter(search_history_entry::COLUMN.id.is_in(beyond))
            .exec(tx)
            .await?;
    }
    Ok(())
}
