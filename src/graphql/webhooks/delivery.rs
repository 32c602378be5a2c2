//! What is delivered to webhooks.

use async_graphql::{Context, ID, Object};
use entity::{id::WebhookDeliveryId, vocabulary as stored, webhook_delivery};

use super::Webhook;
use crate::{
    domain::webhooks,
    graphql::{
        context::ContextExt,
        node::visible,
        scalars::DateTime,
        vocabulary::{WebhookDeliveryState, WebhookEvent},
    },
    kernel::Result,
};

/// Something that is delivered to a webhook. Whoever sees the webhook sees it, for 30 days.
pub struct WebhookDelivery(pub webhook_delivery::Model);

impl WebhookDelivery {
    /// The delivery with that global id, for `node`.
    pub async fn find(ctx: &Context<'_>, id: &str) -> Result<Option<Self>> {
        let Ok(id) = id.parse::<WebhookDeliveryId>() else {
            return Ok(None);
        };
        let deps = ctx.deps()?;
        let actor = &ctx.loaders()?.actor(deps).await?;
        Ok(visible(webhooks::find_delivery(deps.db.read(), actor, id).await)?.map(Self))
    }
}

/// Something that is delivered to a webhook. Whoever sees the webhook sees it, for 30 days.
#[Object]
impl WebhookDelivery {
    /// Opaque id, as in the header `Sweetie-Delivery`: a receiver that knows it has had the delivery before.
    pub async fn id(&self) -> ID {
        self.0.id.to_string().into()
    }

    /// Where it goes.
    async fn webhook(&self, ctx: &Context<'_>) -> async_graphql::Result<Webhook> {
        Ok(Webhook::of_row(ctx, self.0.webhook_id).await?)
    }

    /// What happened.
    async fn event(&self) -> WebhookEvent {
        self.0.event.into()
    }

    /// The body of the request, JSON: ids of what happened, and a query that fetches it.
    async fn payload(&self) -> &str {
        &self.0.payload
    }

    /// How far it has come.
    async fn state(&self) -> WebhookDeliveryState {
        self.0.state.into()
    }

    /// How often it was tried since it was queued.
    async fn attempts(&self) -> i32 {
        self.0.attempts
    }

    /// When it is tried next, or later while its webhook is failing; null if it does not wait.
    async fn next_at(&self) -> Option<DateTime> {
        let waits = self.0.state == stored::WebhookDeliveryState::Queued;
        waits.then(|| self.0.next_at.into())
    }

    /// HTTP status of the last answer; null if there was none.
    async fn last_status(&self) -> Option<i32> {
        self.0.last_status
    }

    /// What was wrong with the last try, as a sentence for people; null if nothing was.
    async fn last_error(&self) -> Option<&str> {
        self.0.last_error.as_deref()
    }

    /// When the event was noticed.
    async fn created_at(&self) -> DateTime {
        self.0.created_at.into()
    }

    /// When the shelter's system took it; null until then.
    async fn delivered_at(&self) -> Option<DateTime> {
        self.0.delivered_at.map(DateTime::from)
    }
}
