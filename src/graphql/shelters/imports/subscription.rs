//! Progress of an import as a stream.

use async_graphql::{Context, ID, Subscription};
use futures_util::{Stream, StreamExt};

use super::Import;
use crate::{domain::shelters, graphql::context::ContextExt, kernel::Error};

/// Subscriptions of imports.
#[derive(Default)]
pub struct ImportSubscription;

#[Subscription]
impl ImportSubscription {
    /// The import as it is now, then after every change, until it is over. For those who may import for the shelter.
    async fn import_progress(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which import.")] import_id: ID,
        #[graphql(desc = "Only what is newer than this revision of the import.")] after: Option<i32>,
    ) -> async_graphql::Result<impl Stream<Item = async_graphql::Result<Import>> + use<>> {
        ctx.viewer()?.refuse_visitor()?;
        let id = import_id.parse().map_err(|_| Error::NotFound("import"))?;
        let after = ctx.resuming(after)?.map(i64::from);
        let news = shelters::import_progress(&ctx.deps_of_stream()?, ctx.viewer()?, id, after).await?;
        Ok(news.map(|import| Ok(Import(import?))))
    }
}
