//! Writes to an ADMIN of a shelter that the server has turned a webhook off.

use entity::{
    id::{JobId, MemberId, WebhookId},
    vocabulary::Lane,
};
use serde::{Deserialize, Serialize};

use crate::{
    deps::Deps,
    domain::webhooks,
    events::{DeliveryEvent, Event},
    kernel::{Outcome, Result},
    work::job::Job,
};

/// Write to an ADMIN that a webhook is off.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SendWebhookMail {
    /// The webhook.
    pub webhook_id: WebhookId,
    /// The ADMIN.
    pub member_id: MemberId,
}

impl Job for SendWebhookMail {
    const NAME: &'static str = "send_webhook_mail";

    fn called_for_by(event: &Event) -> Option<Self> {
        match event {
            Event::Deliveries(DeliveryEvent::WebhookDisabled { webhook_id, member_id }) => Some(Self {
                webhook_id: *webhook_id,
                member_id: *member_id,
            }),
            _ => None,
        }
    }

    fn lane(&self) -> Lane {
        Lane::Delivery
    }

    async fn perform(self, deps: &Deps, id: JobId) -> Result<Outcome> {
        webhooks::send_turned_off_mail(deps, id, self.webhook_id, self.member_id).await
    }
}
