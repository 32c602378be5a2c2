//! Root fields of pets.

use async_graphql::{Context, ID, Object};

use super::{
    BoundsInput, Pet,
    inputs::{PetFilter, PetSort},
    lists::{ListPart, PetList, is_public, whole_connection},
    map::{MapPart, PetMap, PetMapAnswer},
    plan::Plan,
    stats::Stats,
};
use crate::{
    domain::pets::{
        self,
        search::{Search, Sort},
    },
    graphql::{context::ContextExt, error::nullable, vocabulary::Species},
    kernel::{Error, page::Page},
};
use pet_vocabulary::search_breeds;

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
    ) -> Option<async_graphql::Result<Pet>> {
        nullable(Pet::find(ctx, &id)).await
    }

    /// Reports that match a filter.
    #[allow(clippy::too_many_arguments, reason = "the arguments of a connection")]
    async fn pets(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What to look for.")] filter: Option<PetFilter>,
        #[graphql(desc = "Order.", default_with = "PetSort::Newest")] sort: PetSort,
        #[graphql(desc = "How many from the beginning, 0 to 100; 20 when neither first nor last is given.")]
        first: Option<i32>,
        #[graphql(desc = "Only what comes after this cursor.")] after: Option<String>,
        #[graphql(desc = "How many from the end, 0 to 100.")] last: Option<i32>,
        #[graphql(desc = "Only what comes before this cursor.")] before: Option<String>,
    ) -> async_graphql::Result<PetList> {
        let page = Page::new(first, after, last, before)?;
        let (deps, viewer) = (ctx.deps()?, ctx.viewer()?);
        let filter = filter.unwrap_or_default().filter()?;
        let search = Search::asked(deps, &ctx.asker()?, filter, sort.into()).await?;
        let summaries = search.summaries(deps, &page).await?;
        let ids: Vec<_> = summaries.items.iter().map(|(_, summary)| summary.id).collect();
        if let Some(plan) = Plan::<ListPart>::of(&ctx.item.node)
            && is_public(ctx, plan.names_places(), &ids).await?
        {
            return Ok(PetList::Plain(plan, summaries));
        }
        Ok(PetList::Whole(whole_connection(deps, viewer, search, summaries).await?))
    }

    /// What a map draws for a viewport: clusters, and pins for reports that stand alone.
    async fn pet_map(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The viewport.")] bounds: BoundsInput,
        #[graphql(desc = "0 to 22, for tiles of 512 pixels; from 17 on every report has a pin of its own.")] zoom: i32,
        #[graphql(desc = "What to draw.")] filter: Option<PetFilter>,
    ) -> async_graphql::Result<PetMapAnswer> {
        let (deps, viewer) = (ctx.deps()?, ctx.viewer()?);
        let filter = filter.unwrap_or_default().filter()?;
        let search = Search::asked(deps, &ctx.asker()?, filter, Sort::Newest).await?;
        let map = pets::pet_map(deps, &search, bounds.bounds("bounds")?, zoom).await?;
        let ids: Vec<_> = map.pins.iter().map(|summary| summary.id).collect();
        if let Some(plan) = Plan::<MapPart>::of(&ctx.item.node)
            && is_public(ctx, plan.names_places(), &ids).await?
        {
            return Ok(PetMapAnswer::Plain(plan, map));
        }
        Ok(PetMapAnswer::Whole(PetMap::of(deps, viewer, map).await?))
    }

    /// Names of breeds that match what is being typed, the best match first; without text all of them in alphabetical
    /// order.
    async fn breeds(
        &self,
        #[graphql(desc = "Of which species.")] species: Species,
        #[graphql(
            desc = "The beginning of a name or of one of its words, or what the breed is called, such as lab or gsd; slips are forgiven. At most 100 characters."
        )]
        search: Option<String>,
        #[graphql(desc = "How many, 0 to 100.", default_with = "Some(20)")] first: Option<i32>,
    ) -> async_graphql::Result<Vec<String>> {
        let most = usize::try_from(first.unwrap_or(20)).ok().filter(|most| *most <= 100);
        let most = most.ok_or_else(|| Error::BadInput("first must be from 0 to 100".into()))?;
        let text = search.unwrap_or_default();
        if 100 < text.chars().count() {
            return Err(Error::BadInput("search has at most 100 characters: shorten it".into()).into());
        }
        Ok(search_breeds(species.into(), &text, most))
    }

    /// Numbers of the whole installation.
    async fn stats(&self, ctx: &Context<'_>) -> async_graphql::Result<Stats> {
        Ok(pets::stats(ctx.deps()?.db.read()).await?.into())
    }
}
