//! Private data of the caller: their saved searches and search history.

use std::sync::Arc;

use async_graphql::{Context, Object};
use entity::{id::MemberId, member};

use super::{
    RecommendedPet, SavedSearch, SearchHistoryEntry,
    history::{history_is_kept, history_of_viewer},
    recommended::recommended_pets,
    saved_search::saved_searches_of_viewer,
};
use crate::{
    graphql::{connection::Connection, schema::ViewerPart},
    kernel::{Result, page::Page},
};

/// Fields of `Viewer` about searches.
pub struct SearchViewer(MemberId);

impl ViewerPart for SearchViewer {
    async fn of(_: &Context<'_>, member: &Arc<member::Model>) -> Result<Self> {
        Ok(Self(member.id))
    }
}

/// Fields of `Viewer` about searches.
#[Object]
impl SearchViewer {
    /// Searches that the viewer keeps, last made first, at most 50.
    async fn saved_searches(&self, ctx: &Context<'_>) -> async_graphql::Result<Vec<SavedSearch>> {
        Ok(saved_searches_of_viewer(ctx, self.0).await?)
    }

    /// What the viewer looked for, last first: at most 50 different searches, recorded by recordSearch.
    async fn search_history(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many from the beginning, 0 to 100; 20 when neither first nor last is given.")]
        first: Option<i32>,
        #[graphql(desc = "Only what comes after this cursor.")] after: Option<String>,
        #[graphql(desc = "How many from the end, 0 to 100.")] last: Option<i32>,
        #[graphql(desc = "Only what comes before this cursor.")] before: Option<String>,
    ) -> async_graphql::Result<Connection<SearchHistoryEntry>> {
        let page = Page::new(first, after, last, before)?;
        Ok(history_of_viewer(ctx, self.0, page).await?)
    }

    /// Whether recordSearch remembers anything; setSearchHistory changes it.
    async fn search_history_enabled(&self, ctx: &Context<'_>) -> async_graphql::Result<bool> {
        Ok(history_is_kept(ctx, self.0).await?)
    }

    /// Reports that the viewer may want to see, best first, each with its reason: counterparts near their own open
    /// reports, what their saved and last searches find, and what is like their favourites.
    async fn recommended_pets(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many, 0 to 50.", default_with = "Some(10)")] first: Option<i32>,
    ) -> async_graphql::Result<Vec<RecommendedPet>> {
        Ok(recommended_pets(ctx, first.unwrap_or(10)).await?)
    }
}
