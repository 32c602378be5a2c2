//! Notifies an ADMIN of a shelter that the server has turned a webhook off.

use entity::{
    id::{JobId, MemberId, WebhookId},
    vocabulary::Lane,
};
use serde::{Deserialize, Serialize};

use crate::{
    deps::Deps,
    domain::{
        notifications::{self, WebhookOff},
        webhooks,
    },
    events::{DeliveryEvent, Event},
    kernel::{Error, Outcome, Result},
    work::job::Job,
};

/// Notify an ADMIN that a webhook is off.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TellWebhookOff {
    /// The webhook.
    pub webhook_id: WebhookId,
    /// The ADMIN.
    pub member_id: MemberId,
}

impl Job for TellWebhookOff {
    const NAME: &'static str = "tell_webhook_off";

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
        Lane::Interactive
    }

    async fn perform(self, deps: &Deps, _id: JobId) -> Result<Outcome> {
        let off = match webhooks::turned_off(deps, self.webhook_id).await {
            Ok(Some(off)) => off,
            Ok(None) => return Ok(Outcome::Gone("the webhook is on again")),
            Err(Error::NotFound(_)) => return Ok(Outcome::Gone("the webhook is gone")),
            Err(error) => return Err(error),
        };
        let news = WebhookOff {
            webhook_id: self.webhook_id,
            shelter: off.shelter,
            host: off.host,
            why: off.why,
            at: off.at,
        };
        notifications::tell_webhook_off(deps, self.member_id, news).await
    }
}
