//! Counts the new results of a saved search.

use entity::{id::PetId, pet, saved_search};
use sea_orm::{ColumnTrait, Condition, QueryFilter, QuerySelect};

use super::store;
use crate::{
    deps::Deps,
    domain::pets::{
        self,
        search::{Search, Sort},
    },
    kernel::{Result, Viewer},
};

/// Maximum number of reports counted.
pub const MOST_COUNTED: u64 = 1_000;

/// Number of matching reports since the member last looked at the results, at most 1,000, without the member's own.
pub async fn new_count(deps: &Deps, search: &saved_search::Model) -> Result<u64> {
    count_between(deps, search, search.seen_to, None).await
}

/// Number of matching reports with ids after the first and up to the second, at most 1,000. Ids grow with the time of
/// the report.
pub(super) async fn count_between(
    deps: &Deps,
    search: &saved_search::Model,
    after: PetId,
    before: Option<PetId>,
) -> Result<u64> {
    let filter = store::filter_of(search)?.filter;
    let of_others = Condition::any()
        .add(pet::COLUMN.reporter_id.is_null())
        .add(pet::COLUMN.reporter_id.ne(search.member_id));
    let mut found = pets::visible_to(&Viewer::Visitor)
        .select_only()
        .column(pet::Column::Id)
        .filter(Search::new(deps, filter, Sort::Newest)?.condition())
        .filter(of_others)
        .filter(pet::COLUMN.id.gt(after));
    if let Some(before) = before {
        found = found.filter(pet::COLUMN.id.lt(before));
    }
    let found: Vec<PetId> = found.limit(MOST_COUNTED).into_tuple().all(deps.db.read()).await?;
    Ok(found.len() as u64)
}
