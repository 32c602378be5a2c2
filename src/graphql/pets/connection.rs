//! Lists of reports.

use std::{collections::HashMap, sync::Arc};

use super::Pet;
use crate::{
    count,
    deps::Deps,
    domain::pets::{
        self,
        search::{Card, Search},
    },
    graphql::connection::{Connection, connection},
    kernel::{
        Result, Viewer,
        page::{Page, Slice},
    },
};

/// A page of what a search finds.
pub async fn pet_connection(deps: &Deps, viewer: &Viewer, search: Search, page: Page) -> Result<Connection<Pet>> {
    let cards = search.cards(deps, &page).await?;
    whole_connection(deps, viewer, search, cards).await
}

/// Whole reports in the place of cards.
pub async fn whole_connection(
    deps: &Deps,
    viewer: &Viewer,
    search: Search,
    cards: Slice<Card>,
) -> Result<Connection<Pet>> {
    let ids: Vec<_> = cards.items.iter().map(|(_, card)| card.id).collect();
    let rows = pets::find_many(deps.db.read(), viewer, &ids).await?;
    let mut rows: HashMap<_, _> = rows.into_iter().map(|pet| (pet.id, Arc::new(pet))).collect();
    let items = cards
        .items
        .into_iter()
        .filter_map(|(cursor, card)| Some((cursor, Pet(rows.remove(&card.id)?))));
    let slice = Slice {
        items: items.collect(),
        has_next: cards.has_next,
        has_previous: cards.has_previous,
    };
    Ok(connection(slice, count!(deps, search; search.total(&deps))))
}
