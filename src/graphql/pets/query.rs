//! Root fields of pets.

use async_graphql::{Context, ID, Object};

use super::{
    Pet,
    connection::pet_connection,
    inputs::{PetFilter, PetSort},
};
use crate::{
    graphql::{connection::Connection, context::ContextExt},
    kernel::page::Page,
};

/// Root fields of pets.
#[derive(Default)]
pub struct PetQuery;

#[Object]
impl PetQuery {
    /// The report with that id; null if there is none.
    async fn pet(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Id of a pet.")] id: ID,
    ) -> async_graphql::Result<Option<Pet>> {
        Ok(Pet::find(ctx, &id).await?)
    }

    /// Reports that fit a filter.
    #[allow(clippy::too_many_arguments, reason = "the arguments of a connection")]
    async fn pets(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What to look for.")] filter: Option<PetFilter>,
        #[graphql(desc = "Order.", default_with = "PetSort::Newest")] sort: PetSort,
        #[graphql(desc = "How many from the beginning, 0 to 100; 20 when nobody says.")] first: Option<i32>,
        #[graphql(desc = "Only what comes after this cursor.")] after: Option<String>,
        #[graphql(desc = "How many from the end, 0 to 100.")] last: Option<i32>,
        #[graphql(desc = "Only what comes before this cursor.")] before: Option<String>,
    ) -> async_graphql::Result<Connection<Pet>> {
        let page = Page::new(first, after, last, before)?;
        let filter = filter.unwrap_or_default().filter()?;
        Ok(pet_connection(ctx.deps()?, ctx.viewer()?, filter, sort.into(), page).await?)
    }
}
