//! Root fields of places.

use async_graphql::{Context, Object};

use crate::{
    domain::places,
    graphql::{context::ContextExt, pets::Place},
};

/// How many places somebody sees who does not say how many.
const DEFAULT_PLACES: i32 = 5;

/// Root fields of places.
#[derive(Default)]
pub struct PlaceQuery;

#[Object]
impl PlaceQuery {
    /// Places that a text may mean, the likeliest first, for someone who is typing an address. They are public
    /// knowledge: nothing in them is masked. Coordinates, US postal codes, and towns with their state, are known at
    /// once, and so is the beginning of a US town or postal code, such as `Aust`, `Austin, T` or `787`, with the
    /// largest town first. For everything else a service may be asked, which can take some seconds, and UNAVAILABLE
    /// says that it is busy or away. At most 300 beginnings and 30 other questions a minute for each caller. Where a
    /// place has an `attribution`, show it.
    async fn geocode(
        &self,
        ctx: &Context<'_>,
        #[graphql(
            desc = "Address, town, postal code, coordinates, or the beginning of a town or code; at most 200 characters."
        )]
        query: String,
        #[graphql(
            desc = "How many at most, 1 to 20; 5 for null.",
            default_with = "Some(DEFAULT_PLACES)"
        )]
        first: Option<i32>,
    ) -> async_graphql::Result<Vec<Place>> {
        let found = places::geocode(ctx.deps()?, &ctx.asker()?, &query, first.unwrap_or(DEFAULT_PLACES)).await?;
        Ok(found.into_iter().map(Place::from).collect())
    }
}
