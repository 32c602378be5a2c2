//! What the viewer looked for.

use async_graphql::{Context, ID, Object};
use entity::{
    id::{MemberId, SearchHistoryEntryId},
    search_history_entry,
};

use super::filter::SearchFilter;
use crate::{
    count,
    domain::searches,
    graphql::{
        connection::{Connection, connection},
        context::ContextExt,
        node::visible,
        scalars::DateTime,
    },
    kernel::{Result, page::Page},
};

/// A search that its member made. Nobody else sees it.
pub struct SearchHistoryEntry(pub search_history_entry::Model);

impl SearchHistoryEntry {
    /// The entry of the viewer's history with that global id, for `node`.
    pub async fn find(ctx: &Context<'_>, id: &str) -> Result<Option<Self>> {
        let (Ok(id), Some(member)) = (id.parse::<SearchHistoryEntryId>(), ctx.viewer()?.member()) else {
            return Ok(None);
        };
        let found = searches::find_searched(ctx.deps()?.db.read(), member, id).await;
        Ok(visible(found)?.map(Self))
    }
}

/// A search that its member made. Nobody else sees it.
#[Object]
impl SearchHistoryEntry {
    /// Opaque id.
    pub async fn id(&self) -> ID {
        self.0.id.to_string().into()
    }

    /// What was looked for.
    async fn filter(&self) -> async_graphql::Result<SearchFilter> {
        Ok(SearchFilter(searches::filter_of_entry(&self.0)?))
    }

    /// What was looked for in words, such as `Lost black cats within 10 miles of Austin, TX`.
    async fn description(&self, ctx: &Context<'_>) -> async_graphql::Result<String> {
        let filter = searches::filter_of_entry(&self.0)?;
        Ok(searches::description(ctx.deps()?.db.read(), &filter).await?)
    }

    /// When it was looked for last.
    async fn searched_at(&self) -> DateTime {
        self.0.searched_at.into()
    }

    /// How often it was looked for.
    async fn times_searched(&self) -> i32 {
        self.0.times_searched
    }
}

/// What the viewer looked for.
pub async fn history_of_viewer(
    ctx: &Context<'_>,
    member: MemberId,
    page: Page,
) -> Result<Connection<SearchHistoryEntry>> {
    let deps = ctx.deps()?;
    let slice = searches::searched_by(deps.db.read(), member, &page).await?;
    Ok(connection(
        slice.map(SearchHistoryEntry),
        count!(deps; searches::count_searched_by(deps.db.read(), member)),
    ))
}

/// Whether searches of the viewer are remembered.
pub async fn history_is_kept(ctx: &Context<'_>, member: MemberId) -> Result<bool> {
    searches::is_kept(ctx.deps()?.db.read(), member).await
}
