//! Finds the instant searches that may match a report, with an index, however many searches there are.

use std::collections::BTreeSet;

use entity::{
    id::{PetId, SavedSearchId},
    pet, saved_search, search_cell, search_hit,
    vocabulary::SearchNotify,
};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
    sea_query::{Expr, ExprTrait, OnConflict},
};

use super::{cells, store};
use crate::{
    deps::Tx,
    domain::pets::{
        policy::is_seen_by_all,
        search::{self, Filter},
    },
    kernel::Result,
};

/// Maximum number of searches processed together.
const PAGE: usize = 500;

/// Registers a search in the cells of its filter if its notifications are instant, and otherwise in none.
pub(super) async fn listen(tx: &Tx, search: &saved_search::Model, filter: &Filter) -> Result<()> {
    stop(tx, search.id).await?;
    if search.notify != SearchNotify::Instantly {
        return Ok(());
    }
    let (kinds, species) = (cells::kinds_mask(filter), cells::species_mask(filter));
    let rows = cells::covering(filter)
        .into_iter()
        .map(|cell| search_cell::ActiveModel {
            search_id: Set(search.id),
            cell: Set(cell),
            kinds: Set(kinds),
            species: Set(species),
        });
    search_cell::Entity::insert_many(rows)
        .exec_without_returning(tx)
        .await?;
    Ok(())
}

/// Removes a search from all cells.
pub(super) async fn stop(tx: &Tx, id: SavedSearchId) -> Result<()> {
    search_cell::Entity::delete_many()
        .filter(search_cell::COLUMN.search_id.eq(id))
        .exec(tx)
        .await?;
    Ok(())
}

/// A page of the instant searches that may match.
pub struct Listening {
    /// The searches, in the order of their ids.
    pub searches: Vec<saved_search::Model>,
    /// The last id of the page; `None` if there are no more.
    pub next: Option<SavedSearchId>,
}

/// The instant searches after an id that may match one of these reports by place, kind and species; at most 500.
pub async fn listening(
    db: &impl ConnectionTrait,
    pets: &[pet::Model],
    after: Option<SavedSearchId>,
) -> Result<Listening> {
    // Ids first, so that the index is sufficient and only the rows of one page are read.
    let mut page = search_cell::Entity::find()
        .select_only()
        .column(search_cell::Column::SearchId)
        .distinct()
        .filter(here(pets))
        .order_by_asc(search_cell::Column::SearchId)
        .limit(PAGE as u64);
    if let Some(after) = after {
        page = page.filter(search_cell::COLUMN.search_id.gt(after));
    }
    let ids: Vec<SavedSearchId> = page.into_tuple().all(db).await?;
    let next = ids.last().copied().filter(|_| ids.len() == PAGE);
    let searches = saved_search::Entity::find()
        .filter(saved_search::COLUMN.id.is_in(ids))
        .order_by_asc(saved_search::Column::Id);
    let searches = searches.all(db).await?;
    Ok(Listening { searches, next })
}

/// The cells of these reports, combined with their kind and species.
fn here(pets: &[pet::Model]) -> Condition {
    let cells: BTreeSet<i64> = pets.iter().flat_map(cells::around).collect();
    let kinds = pets.iter().fold(0, |mask, pet| mask | cells::kind_bit(pet.kind));
    let species = pets.iter().fold(0, |mask, pet| mask | cells::species_bit(pet.species));
    let any_of = |column: search_cell::Column, mask: i32| Expr::col((search_cell::Entity, column)).bit_and(mask).ne(0);
    Condition::all()
        .add(search_cell::COLUMN.cell.is_in(cells))
        .add(any_of(search_cell::Column::Kinds, kinds))
        .add(any_of(search_cell::Column::Species, species))
}

/// The reports that match a search, are visible to everybody, and were not made by the search's owner.
pub fn fitting<'a>(search: &saved_search::Model, pets: &'a [pet::Model]) -> Result<Vec<&'a pet::Model>> {
    let filter = store::filter_of(search)?.filter;
    let others = pets.iter().filter(|pet| pet.reporter_id != Some(search.member_id));
    Ok(search::fitting(&filter, others.filter(|pet| is_seen_by_all(pet))))
}

/// Records that a search notifies of these reports and returns those it has not notified of before. If two jobs do this
/// at once, no report is returned to both.
pub async fn note_hits<'a>(tx: &Tx, id: SavedSearchId, pets: Vec<&'a pet::Model>) -> Result<Vec<&'a pet::Model>> {
    let rows = pets.iter().map(|pet| search_hit::ActiveModel {
        search_id: Set(id),
        pet_id: Set(pet.id),
        created_at: Set(tx.now()),
    });
    let insert = search_hit::Entity::insert_many(rows).on_conflict(
        OnConflict::columns([search_hit::Column::SearchId, search_hit::Column::PetId])
            .do_nothing()
            .to_owned(),
    );
    let noted: Vec<(SavedSearchId, PetId)> = insert.exec_with_returning_keys(tx).await?;
    let is_noted = |pet: &&pet::Model| noted.iter().any(|(_, noted)| *noted == pet.id);
    Ok(pets.into_iter().filter(is_noted).collect())
}
