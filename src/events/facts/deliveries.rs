//! Facts about webhooks and what is delivered to them.

use entity::id::{MemberId, WebhookDeliveryId, WebhookId};
use serde::{Deserialize, Serialize};

use crate::events::Topic;

/// Something that has happened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum DeliveryEvent {
    /// Something waits to be delivered to a webhook.
    WebhookDeliveryQueued {
        webhook_id: WebhookId,
        delivery_id: WebhookDeliveryId,
    },
    /// The server has disabled a webhook, and that ADMIN of its shelter is to know.
    WebhookDisabled { webhook_id: WebhookId, member_id: MemberId },
}

impl DeliveryEvent {
    /// The name of the fact, as the log stores it.
    pub fn name(&self) -> &'static str {
        match self {
            Self::WebhookDeliveryQueued { .. } => "webhook_delivery_queued",
            Self::WebhookDisabled { .. } => "webhook_disabled",
        }
    }

    /// The topics whose bells ring for it: none.
    pub fn topics(&self) -> Vec<Topic> {
        Vec::new()
    }
}
