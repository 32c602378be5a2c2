//! Root fields of accounts.

use async_graphql::{Context, Object};

use super::Members;
use crate::graphql::{context::ContextExt, error::nullable, schema::Viewer};

/// Root fields of accounts.
#[derive(Default)]
pub struct AccountQuery;

#[Object]
impl AccountQuery {
    /// Everything private to the caller; null for a visitor and for an API key.
    async fn viewer(&self, ctx: &Context<'_>) -> Option<async_graphql::Result<Viewer>> {
        nullable(async {
            let Some(id) = ctx.viewer()?.member() else {
                return Ok(None);
            };
            match ctx.loaders()?.get::<Members>().load_one(id).await? {
                Some(member) => Ok(Some(Viewer::of(ctx, member).await?)),
                None => Ok(None),
            }
        })
        .await
    }
}
