//! Root fields of accounts.

use async_graphql::{Context, Object};

use super::Viewer;
use crate::graphql::{context::ContextExt, error::nullable};

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
            let viewer = ctx.loaders()?.members.load_one(id).await?.map(Viewer::new);
            if let Some(viewer) = &viewer
                && ctx.look_ahead().field("latestAlertNumber").exists()
            {
                viewer.read_latest_alert(ctx).await?;
            }
            Ok(viewer)
        })
        .await
    }
}
