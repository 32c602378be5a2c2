//! Lists of reports.

use std::{collections::HashMap, sync::Arc};

use crate::{
    count,
    deps::Deps,
    domain::pets::{
        self,
        search::{PetSummary, Search},
    },
    graphql::{
        connection::{Connection, connection},
        pets::Pet,
    },
    kernel::{
        Result, Viewer,
        page::{Page, Slice},
    },
};

/// A page of search results.
pub async fn pet_connection(deps: &Deps, viewer: &Viewer, search: Search, page: Page) -> Result<Connection<Pet>> {
    let summaries = search.summaries(deps, &page).await?;
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
    Ok(connection(slice, count!(deps, search; search.total(&deps))))
}
