//! Posts a delivery to a webhook.

use entity::{
    id::{JobId, WebhookDeliveryId, WebhookId},
    vocabulary::Lane,
};
use serde::{Deserialize, Serialize};

use crate::{
    deps::Deps,
    domain::webhooks,
    events::{DeliveryEvent, Event},
    kernel::{Outcome, Result},
    work::job::{Job, Priority},
};

/// Post a delivery to a webhook, until it is taken.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeliverToWebhook {
    /// The webhook, whose deliveries do not hold up those to others.
    pub webhook_id: WebhookId,
    /// The delivery.
    pub delivery_id: WebhookDeliveryId,
}

impl Job for DeliverToWebhook {
    const NAME: &'static str = "deliver_to_webhook";
    // Mails and text messages, for which people wait, come first.
    const PRIORITY: Priority = Priority::Low;

    fn called_for_by(event: &Event) -> Option<Self> {
        match event {
            Event::Deliveries(DeliveryEvent::WebhookDeliveryQueued {
                webhook_id,
                delivery_id,
            }) => Some(Self {
                webhook_id: *webhook_id,
                delivery_id: *delivery_id,
            }),
            _ => None,
        }
    }

    fn lane(&self) -> Lane {
        Lane::Delivery
    }

    fn group(&self) -> Option<String> {
        Some(self.webhook_id.to_string())
    }

    async fn perform(self, deps: &Deps, _id: JobId) -> Result<Outcome> {
        webhooks::deliver(deps, self.delivery_id).await
    }
}
