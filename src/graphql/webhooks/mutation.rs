//! Mutations of webhooks.

use async_graphql::{Context, ID, Object, SimpleObject};

use super::{
    Webhook, WebhookDelivery,
    inputs::{
        CreateWebhookInput, DeleteWebhookInput, ReplayWebhookDeliveryInput, RotateWebhookSecretInput, TestWebhookInput,
        UpdateWebhookInput,
    },
};
use crate::{
    domain::webhooks,
    graphql::{
        context::ContextExt,
        error::{UserError, input_id, settle},
    },
};

/// Answer of createWebhook.
#[derive(SimpleObject)]
pub struct CreateWebhookPayload {
    /// The new webhook.
    webhook: Option<Webhook>,
    /// What deliveries are signed with. It is shown this once; again only to a repeat with the same idempotencyKey within
    /// 24 hours.
    secret: Option<String>,
    /// What to correct; empty when it is done.
    user_errors: Vec<UserError>,
}

/// Answer of updateWebhook.
#[derive(SimpleObject)]
pub struct UpdateWebhookPayload {
    /// The webhook.
    webhook: Option<Webhook>,
    /// What to correct; empty when it is done.
    user_errors: Vec<UserError>,
}

/// Answer of rotateWebhookSecret.
#[derive(SimpleObject)]
pub struct RotateWebhookSecretPayload {
    /// The webhook.
    webhook: Option<Webhook>,
    /// What deliveries are signed with from now on. It is shown this once; again only to a repeat with the same
    /// idempotencyKey within 24 hours.
    secret: Option<String>,
    /// What to correct; empty when it is done.
    user_errors: Vec<UserError>,
}

/// Answer of deleteWebhook.
#[derive(SimpleObject)]
pub struct DeleteWebhookPayload {
    /// The id of the webhook that is gone.
    deleted_id: Option<ID>,
    /// What to correct; empty when it is done.
    user_errors: Vec<UserError>,
}

/// Answer of testWebhook.
#[derive(SimpleObject)]
pub struct TestWebhookPayload {
    /// The ping, which is sent within a second; `node` tells what became of it.
    delivery: Option<WebhookDelivery>,
    /// What to correct; empty when it is done.
    user_errors: Vec<UserError>,
}

/// Answer of replayWebhookDelivery.
#[derive(SimpleObject)]
pub struct ReplayWebhookDeliveryPayload {
    /// The delivery, queued.
    delivery: Option<WebhookDelivery>,
    /// What to correct; empty when it is done.
    user_errors: Vec<UserError>,
}

/// Mutations of webhooks.
#[derive(Default)]
pub struct WebhookMutation;

#[Object]
impl WebhookMutation {
    /// Makes a webhook: the shelter's own system is told what happens, with a signed request for each event. For ADMINs of
    /// the shelter and its keys with `webhooks:manage`.
    async fn create_webhook(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Where events are sent, and which.")] input: CreateWebhookInput,
    ) -> async_graphql::Result<CreateWebhookPayload> {
        let done = async { webhooks::create_webhook(ctx.deps()?, ctx.viewer()?, input.input()?).await };
        let (made, user_errors) = settle(done.await)?;
        let (webhook, secret) = made.map(|made| (Webhook::from(made.webhook), made.secret)).unzip();
        Ok(CreateWebhookPayload {
            webhook,
            secret,
            user_errors,
        })
    }

    /// Changes a webhook, and turns it on or off; the same again changes nothing. For ADMINs of its shelter and its keys
    /// with `webhooks:manage`.
    async fn update_webhook(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which webhook, and the change.")] input: UpdateWebhookInput,
    ) -> async_graphql::Result<UpdateWebhookPayload> {
        let done = async { webhooks::update_webhook(ctx.deps()?, ctx.viewer()?, input.input()?).await };
        let (webhook, user_errors) = settle(done.await)?;
        Ok(UpdateWebhookPayload {
            webhook: webhook.map(Webhook::from),
            user_errors,
        })
    }

    /// Gives a webhook another secret. For 24 hours both sign, each with an entry of its own in the header, so that the
    /// shelter's system can be changed meanwhile. For ADMINs of its shelter and its keys with `webhooks:manage`.
    async fn rotate_webhook_secret(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which webhook.")] input: RotateWebhookSecretInput,
    ) -> async_graphql::Result<RotateWebhookSecretPayload> {
        let done = async { webhooks::rotate_webhook_secret(ctx.deps()?, ctx.viewer()?, input.input()?).await };
        let (made, user_errors) = settle(done.await)?;
        let (webhook, secret) = made.map(|made| (Webhook::from(made.webhook), made.secret)).unzip();
        Ok(RotateWebhookSecretPayload {
            webhook,
            secret,
            user_errors,
        })
    }

    /// Deletes a webhook with its deliveries; those that wait are not sent. For ADMINs of its shelter and its keys with
    /// `webhooks:manage`.
    async fn delete_webhook(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which webhook.")] input: DeleteWebhookInput,
    ) -> async_graphql::Result<DeleteWebhookPayload> {
        let done = async {
            let id = input_id("id", &input.id)?;
            webhooks::delete_webhook(ctx.deps()?, ctx.viewer()?, id).await
        };
        let (id, user_errors) = settle(done.await)?;
        Ok(DeleteWebhookPayload {
            deleted_id: id.map(|id| id.to_string().into()),
            user_errors,
        })
    }

    /// Sends a PING to a webhook that is on, at once. For ADMINs of its shelter and its keys with `webhooks:manage`; at most
    /// 300 an hour for a shelter, together with replayWebhookDelivery.
    async fn test_webhook(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which webhook.")] input: TestWebhookInput,
    ) -> async_graphql::Result<TestWebhookPayload> {
        let done = async { webhooks::test_webhook(ctx.deps()?, ctx.viewer()?, input.input()?).await };
        let (delivery, user_errors) = settle(done.await)?;
        Ok(TestWebhookPayload {
            delivery: delivery.map(WebhookDelivery),
            user_errors,
        })
    }

    /// Sends a delivery again, at once, with the same id and body, even if it was taken. One that is about to be sent stays
    /// as it is. For ADMINs of its shelter and its keys with `webhooks:manage`; at most 300 an hour for a shelter, together
    /// with testWebhook.
    async fn replay_webhook_delivery(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which delivery.")] input: ReplayWebhookDeliveryInput,
    ) -> async_graphql::Result<ReplayWebhookDeliveryPayload> {
        let done = async {
            let id = input_id("id", &input.id)?;
            webhooks::replay_webhook_delivery(ctx.deps()?, ctx.viewer()?, id).await
        };
        let (delivery, user_errors) = settle(done.await)?;
        Ok(ReplayWebhookDeliveryPayload {
            delivery: delivery.map(WebhookDelivery),
            user_errors,
        })
    }
}
