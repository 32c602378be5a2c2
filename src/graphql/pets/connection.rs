//! Lists of reports.

use std::sync::Arc;

use super::Pet;
use crate::{
    count,
    deps::Deps,
    domain::pets::search::{Filter, Search, Sort},
    graphql::connection::{Connection, connection},
    kernel::{Result, Viewer, page::Page},
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
    let slice = search.page(deps.db.read(), viewer, &page).await?;
    let pets = slice.map(|pet| Pet(Arc::new(pet)));
    Ok(connection(
        pets,
        count!(deps, viewer, search; search.count(deps.db.read(), &viewer)),
    ))
}
