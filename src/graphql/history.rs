//! The history of the database in the schema.

use async_graphql::{Context, Object};

use super::context::ContextExt;

/// Root fields of the history.
#[derive(Default)]
pub struct HistoryQuery;

#[Object]
impl HistoryQuery {
    /// Id of the history that the numbers of streams belong to: another one after a backup was restored. Sockets get it
    /// in `connection_ack`; give it back in `connection_init` when you resume, and a number of another history is refused
    /// with RESUME_UNAVAILABLE.
    async fn epoch(&self, ctx: &Context<'_>) -> async_graphql::Result<String> {
        Ok(ctx.deps()?.epoch().await?)
    }
}
