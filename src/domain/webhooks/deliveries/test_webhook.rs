//! Tries whether a webhook's system answers.

use entity::{id::WebhookId, vocabulary::WebhookEvent, webhook_delivery};

use super::{pace::BY_HAND, queue::queue, store::find_delivery};
use crate::{
    deps::{Deps, IdempotencyKey, Remembered, is_repeat, once},
    domain::{staff::Actor, webhooks::store},
    kernel::{AtField, Error, FieldCode, Result, Viewer},
};

/// The name under which keys of requests are kept.
const ACTION: &str = "testWebhook";

/// Input for a try.
#[derive(Debug)]
pub struct TestWebhook {
    /// The webhook.
    pub id: WebhookId,
    /// A repeat with the same key and input within 24 hours returns the first delivery.
    pub idempotency_key: Option<IdempotencyKey>,
}

/// Sends a ping, as anything else is sent: signed, and tried again if it fails.
pub async fn test_webhook(deps: &Deps, viewer: &Viewer, input: TestWebhook) -> Result<webhook_delivery::Model> {
    let TestWebhook { id, idempotency_key } = input;
    viewer.refuse_visitor()?;
    let actor = Actor::of(deps.db.read(), viewer).await?;
    let shelter = store::find(deps.db.read(), &actor, id).await.at("id")?.shelter_id;
    let key = idempotency_key.as_ref();
    if !is_repeat(deps, viewer, ACTION, key).await? {
        deps.limit(&BY_HAND, shelter).await?;
    }
    deps.write(async |tx| {
        let actor = Actor::of(tx, viewer).await?;
        let webhook = store::find_for_update(tx, &actor, id).await.at("id")?;
        let reservation = match once(tx, viewer, ACTION, key).await? {
            Remembered::New(reservation) => reservation,
            Remembered::Done(id) => {
                let id = id.parse().map_err(Error::internal)?;
                return find_delivery(tx, &actor, id).await.at("idempotencyKey");
            }
        };
        if webhook.disabled_at.is_some() {
            let message = "this webhook is off: turn it on with updateWebhook first";
            return Err(Error::field("id", FieldCode::NotAllowed, message));
        }
        let key = format!("ping:{}", deps.ids.uuid(tx.now()));
        let delivery = queue(deps, tx, &webhook, (WebhookEvent::Ping, key.as_str()), &[]).await?;
        reservation.fulfil(tx, delivery.id).await?;
        Ok(delivery)
    })
    .await
}
