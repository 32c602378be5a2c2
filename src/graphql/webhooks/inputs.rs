//! Inputs of the mutations of webhooks.

use async_graphql::{ID, InputObject};

use crate::{
    domain::webhooks,
    graphql::{error::input_id, idempotency::idempotency_key, vocabulary::WebhookEvent},
    kernel::Result,
};

/// A new webhook.
#[derive(InputObject)]
pub struct CreateWebhookInput {
    /// For which shelter; it has at most 20 webhooks.
    shelter_id: ID,
    /// The address that takes deliveries, at most 2,048 characters: `https` and reachable from the internet, unless the
    /// operator allows others. Redirects are not followed.
    url: String,
    /// What it is told of: at least one, and not PING, which every webhook may be sent.
    events: Vec<WebhookEvent>,
    /// Any text of up to 200 characters: the same key and input within 24 hours gives the first webhook again, with its
    /// secret.
    idempotency_key: Option<String>,
}

impl CreateWebhookInput {
    /// The input as the use case takes it.
    pub fn input(self) -> Result<webhooks::CreateWebhook> {
        let idempotency_key = idempotency_key(self.idempotency_key.as_deref(), &self);
        Ok(webhooks::CreateWebhook {
            shelter_id: input_id("shelterId", &self.shelter_id)?,
            url: self.url,
            events: self.events.into_iter().map(Into::into).collect(),
            idempotency_key,
        })
    }
}

/// A change of a webhook; what is left out or null stays as it is.
#[derive(InputObject)]
pub struct UpdateWebhookInput {
    /// Which webhook.
    id: ID,
    /// The address that takes deliveries, as in createWebhook; those that wait go there too.
    url: Option<String>,
    /// What it is told of, as in createWebhook.
    events: Option<Vec<WebhookEvent>>,
    /// Whether anything is sent. What waits when it is turned off is given up.
    enabled: Option<bool>,
}

impl UpdateWebhookInput {
    /// The input as the use case takes it.
    pub fn input(self) -> Result<webhooks::UpdateWebhook> {
        Ok(webhooks::UpdateWebhook {
            id: input_id("id", &self.id)?,
            url: self.url,
            events: self.events.map(|events| events.into_iter().map(Into::into).collect()),
            enabled: self.enabled,
        })
    }
}

/// Which webhook gets another secret.
#[derive(InputObject)]
pub struct RotateWebhookSecretInput {
    /// Which webhook.
    id: ID,
    /// Any text of up to 200 characters: the same key and input within 24 hours gives the secret again.
    idempotency_key: Option<String>,
}

impl RotateWebhookSecretInput {
    /// The input as the use case takes it.
    pub fn input(self) -> Result<webhooks::RotateWebhookSecret> {
        Ok(webhooks::RotateWebhookSecret {
            id: input_id("id", &self.id)?,
            idempotency_key: idempotency_key(self.idempotency_key.as_deref(), &self),
        })
    }
}

/// Which webhook is deleted.
#[derive(InputObject)]
pub struct DeleteWebhookInput {
    /// Which webhook.
    pub id: ID,
}

/// Which webhook is tried.
#[derive(InputObject)]
pub struct TestWebhookInput {
    /// Which webhook.
    id: ID,
    /// Any text of up to 200 characters: the same key and input within 24 hours gives the first ping again.
    idempotency_key: Option<String>,
}

impl TestWebhookInput {
    /// The input as the use case takes it.
    pub fn input(self) -> Result<webhooks::TestWebhook> {
        Ok(webhooks::TestWebhook {
            id: input_id("id", &self.id)?,
            idempotency_key: idempotency_key(self.idempotency_key.as_deref(), &self),
        })
    }
}

/// Which delivery is sent again.
#[derive(InputObject)]
pub struct ReplayWebhookDeliveryInput {
    /// Which delivery, whatever became of it.
    pub id: ID,
}
