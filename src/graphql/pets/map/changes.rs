//! Changes of the map as a stream.

use std::sync::Arc;

use async_graphql::{Context, Subscription};
use futures_util::{Stream, StreamExt};

use crate::{
    domain::pets::{
        self,
        search::{Search, Sort},
    },
    graphql::{
        context::ContextExt,
        pets::{BoundsInput, Pet, PetFilter},
    },
};

/// Subscriptions of the map.
#[derive(Default)]
pub struct MapSubscription;

#[Subscription]
impl MapSubscription {
    /// Reports that appear, change or close in a viewport from now on, each as it is then; one that left the viewport or
    /// no longer fits the filter comes a last time, unless it is its words that no longer fit. Ask petMap first. A listener
    /// that falls thousands of changes behind gets RESUME_UNAVAILABLE: ask petMap again.
    async fn pet_map_changes(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The viewport.")] bounds: BoundsInput,
        #[graphql(desc = "Which reports.")] filter: Option<PetFilter>,
    ) -> async_graphql::Result<impl Stream<Item = async_graphql::Result<Pet>> + use<>> {
        let deps = ctx.deps_of_stream()?;
        let start = match deps.hibernation().left() {
            Some(place) => place,
            None => {
                let filter = filter.unwrap_or_default().filter()?;
                let search = Search::asked(&deps, &ctx.asker()?, filter, Sort::Newest).await?;
                pets::look_at(&deps, search, bounds.bounds("bounds")?).await?
            }
        };
        let changes = pets::follow_changes(&deps, start);
        Ok(changes.map(|pet| Ok(Pet(Arc::new(pet?)))))
    }
}
