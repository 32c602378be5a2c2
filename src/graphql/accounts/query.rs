//! Root fields of accounts.

use async_graphql::{Context, Object};

use super::Viewer;
use crate::graphql::context::ContextExt;

/// Root fields of accounts.
#[derive(Default)]
pub struct AccountQuery;

#[Object]
impl AccountQuery {
    /// Everything private to the caller; null for a visitor and for an API key.
    async fn viewer(&self, ctx: &Context<'_>) -> async_graphql::Result<Option<Viewer>> {
        let Some(id) = ctx.viewer()?.member() else {
            return Ok(None);
        };
        Ok(ctx.loaders()?.members.load_one(id).await?.map(Viewer))
    }
}
