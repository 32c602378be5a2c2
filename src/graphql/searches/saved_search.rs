//! A saved search.

use async_graphql::{Context, ID, Object};
use entity::{
    id::{MemberId, SavedSearchId},
    saved_search,
};

use super::filter::SearchFilter;
use crate::{
    domain::{
        pets::search::{Search, Sort},
        searches,
    },
    graphql::{
        connection::Connection,
        context::ContextExt,
        node::visible,
        pets::{Pet, pet_connection},
        scalars::DateTime,
        vocabulary::SearchNotify,
    },
    kernel::{Result, page::Page},
};

/// A search that its member keeps, and hears of new reports from. Nobody else sees it.
pub struct SavedSearch(pub saved_search::Model);

impl SavedSearch {
    /// The viewer's saved search with that global id, for `node`.
    pub async fn find(ctx: &Context<'_>, id: &str) -> Result<Option<Self>> {
        let (Ok(id), Some(member)) = (id.parse::<SavedSearchId>(), ctx.viewer()?.member()) else {
            return Ok(None);
        };
        let found = searches::find(ctx.deps()?.db.read(), member, id).await;
        Ok(visible(found)?.map(Self))
    }
}

/// A search that its member keeps, and hears of new reports from. Nobody else sees it.
#[Object]
impl SavedSearch {
    /// Opaque id.
    pub async fn id(&self) -> ID {
        self.0.id.to_string().into()
    }

    /// What the member calls it, at most 80 characters.
    async fn name(&self) -> &str {
        &self.0.name
    }

    /// How the member hears of new reports.
    async fn notify(&self) -> SearchNotify {
        self.0.notify.into()
    }

    /// What it looks for.
    async fn filter(&self) -> async_graphql::Result<SearchFilter> {
        Ok(SearchFilter(searches::filter_of(&self.0)?))
    }

    /// What it looks for in words, such as `Lost black cats within 10 miles of Austin, TX`.
    async fn description(&self, ctx: &Context<'_>) -> async_graphql::Result<String> {
        let filter = searches::filter_of(&self.0)?;
        Ok(searches::description(ctx.deps()?.db.read(), &filter).await?)
    }

    /// Matching reports that came in since the search was made, or since the last markSavedSearchSeen; the member's own
    /// do not count. At most 1,000.
    async fn new_count(&self, ctx: &Context<'_>) -> async_graphql::Result<i32> {
        let count = searches::new_count(ctx.deps()?, &self.0).await?;
        Ok(i32::try_from(count).unwrap_or(i32::MAX))
    }

    /// Matching reports, last reported first. Reading them changes nothing: markSavedSearchSeen does.
    async fn pets(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many from the beginning, 0 to 100; 20 when neither first nor last is given.")]
        first: Option<i32>,
        #[graphql(desc = "Only what comes after this cursor.")] after: Option<String>,
        #[graphql(desc = "How many from the end, 0 to 100.")] last: Option<i32>,
        #[graphql(desc = "Only what comes before this cursor.")] before: Option<String>,
    ) -> async_graphql::Result<Connection<Pet>> {
        let page = Page::new(first, after, last, before)?;
        let filter = searches::filter_of(&self.0)?.filter;
        let search = Search::asked(ctx.deps()?, &ctx.asker()?, filter, Sort::Newest).await?;
        Ok(pet_connection(ctx.deps()?, ctx.viewer()?, search, page).await?)
    }

    /// When it was saved.
    async fn created_at(&self) -> DateTime {
        self.0.created_at.into()
    }
}

/// The viewer's saved searches.
pub async fn saved_searches_of_viewer(ctx: &Context<'_>, member: MemberId) -> Result<Vec<SavedSearch>> {
    let saved = searches::saved_by(ctx.deps()?.db.read(), member).await?;
    Ok(saved.into_iter().map(SavedSearch).collect())
}
