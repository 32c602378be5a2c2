//! A shelter's dashboard as a stream.

use std::sync::Arc;

use async_graphql::{Context, ID, Subscription};
use futures_util::{Stream, StreamExt};

use super::ShelterDashboard;
use crate::{domain::shelters, graphql::context::ContextExt, kernel::Error};

/// Subscriptions of dashboards.
#[derive(Default)]
pub struct DashboardSubscription;

#[Subscription]
impl DashboardSubscription {
    /// The dashboard of a shelter now, then whenever it may have changed: about once a second at most, and always as it is
    /// after the last change; also at midnight and when a hold ends. For those who work there, its keys with `pets:read` and
    /// admins; it ends with an error when the right to it does.
    async fn shelter_dashboard(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Whose dashboard.")] shelter_id: ID,
    ) -> async_graphql::Result<impl Stream<Item = async_graphql::Result<ShelterDashboard>> + use<>> {
        ctx.viewer()?.refuse_visitor()?;
        let id = shelter_id.parse().map_err(|_| Error::NotFound("shelter"))?;
        let boards = shelters::follow_dashboard(&ctx.deps_of_stream()?, ctx.viewer()?, id).await?;
        Ok(boards.map(|watched| {
            let shelters::Watched { shelter, dashboard } = watched?;
            Ok(ShelterDashboard::new(Arc::new(shelter), dashboard))
        }))
    }
}
