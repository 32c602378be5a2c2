//! Lists of reports.

use std::{collections::HashMap, sync::Arc};

use super::Pet;
use crate::{
    count,
    deps::Deps,
    domain::pets::{
        self,
        search::{Filter, PetSummary, Search, Sort},
    },
    graphql::connection::{Connection, connection},
    kernel::{
        Result, Viewer,
        page::{Page, Slice},
    },
};

/// A page of the reports that the viewer may see and that fit the filter.
pub async fn pet_connection(
    deps: &Deps,
    viewer: &Viewer,
    filter: Filter,
    sort: Sort,
    page: Page,
) -> Result<Connection<Pet>> {
    let search = Search::new(deps, filter, sort)?;
    search_connection(deps, viewer, search, page).await
}

/// A page of a search that was checked already.
pub async fn search_connection(deps: &Deps, viewer: &Viewer, search: Search, page: Page) -> Result<Connection<Pet>> {
    let summaries = search.summaries(deps, viewer, &page).await?;
    whole_connection(deps, viewer, search, summaries).await
}

/// Whole reports in the place of summaries.
pub async fn whole_connection(
    deps: &Deps,
    viewer: &Viewer,
    search: Search,
    summaries: Slice<PetSummary>,
) -> Result<Connection<Pet>> {
    let ids: Vec<_> = summaries.items.iter().map(|(_, summary)| summary.id).collect();
    let rows = pets::find_many(deps.db.read(), viewer, &ids).await?;
    let mut rows: HashMap<_, _> = rows.into_iter().map(|pet| (pet.id, Arc::new(pet))).collect();
    let items = summaries
        .items
        .into_iter()
        .filter_map(|(cursor, summary)| Some((cursor, Pet(rows.remove(&summary.id)?))));
    let slice = Slice {
        items: items.collect(),
        has_next: summaries.has_next,
        has_previous: summaries.has_previous,
    };
    Ok(connection(
        slice,
        count!(deps, viewer, search; search.total(&deps, &viewer)),
    ))
}
