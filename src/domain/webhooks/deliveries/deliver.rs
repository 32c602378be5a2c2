//! Posts a delivery.

use entity::{id::WebhookDeliveryId, vocabulary::WebhookDeliveryState};

use super::{
    attempt::{begin, failed, give_up, taken},
    pace::{TRY_LASTS, rest},
    post::{post, unsigned},
    store::with_id,
};
use crate::{
    deps::Deps,
    domain::webhooks::{secret, store},
    kernel::{OrGone, Outcome, Result},
};

const OFF: &str = "the webhook was off";

/// Job: posts the delivery if it is due, and goes on later if it was not taken. That a shelter's system is away is no
/// failure of the job, so it snoozes; the delivery itself counts the tries. It may run twice: whoever begins a try first
/// makes it.
pub async fn deliver(deps: &Deps, id: WebhookDeliveryId) -> Result<Outcome> {
    deliver_now(deps, id).await.or_gone("the delivery is gone")
}

async fn deliver_now(deps: &Deps, id: WebhookDeliveryId) -> Result<Outcome> {
    let (delivery, now) = (with_id(deps.db.read(), id).await?, deps.clock.now());
    if delivery.state != WebhookDeliveryState::Queued {
        return Ok(Outcome::Done);
    }
    if now < delivery.next_at {
        return Ok(Outcome::Snooze(delivery.next_at.since(now)));
    }
    let webhook = store::with_id(deps.db.read(), delivery.webhook_id).await?;
    if webhook.disabled_at.is_some() {
        give_up(deps, &delivery, OFF).await?;
        return Ok(Outcome::Done);
    }
    if let Some(rest) = rest(&webhook, &delivery, now) {
        return Ok(Outcome::Snooze(rest));
    }
    let Some(delivery) = begin(deps, &delivery).await? else {
        return Ok(Outcome::Snooze(TRY_LASTS));
    };
    let answer = match secret::signing(deps, &webhook, now) {
        Ok(secrets) => post(deps, &webhook, &delivery, (secrets.as_slice(), now)).await,
        Err(error) => {
            tracing::warn!(webhook.id = %webhook.id, error = ?error, "a delivery could not be signed");
            Err(unsigned())
        }
    };
    match answer {
        Ok(status) => taken(deps, &delivery, status).await,
        Err(fault) => failed(deps, &webhook, &delivery, fault).await,
    }
}
