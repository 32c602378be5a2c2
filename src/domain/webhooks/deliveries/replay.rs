//! Sends a delivery again.

use entity::{id::WebhookDeliveryId, vocabulary::WebhookDeliveryState, webhook_delivery};
use sea_orm::{ActiveValue::Set, EntityTrait, IntoActiveModel};

use super::{
    pace::{BY_HAND, TRY_LASTS},
    queue::announce,
    store::{find_delivery, locked},
};
use crate::{
    deps::Deps,
    domain::{staff::Actor, webhooks::store},
    kernel::{AtField, Error, FieldCode, Result, Viewer},
};

/// Queues a delivery again, whatever became of it, with the same id and body. One that was queued just now stays as
/// it is, so a repeat changes nothing.
pub async fn replay_webhook_delivery(
    deps: &Deps,
    viewer: &Viewer,
    id: WebhookDeliveryId,
) -> Result<webhook_delivery::Model> {
    viewer.refuse_visitor()?;
    let db = deps.db.read();
    let actor = Actor::of(db, viewer).await?;
    let webhook_id = find_delivery(db, &actor, id).await.at("id")?.webhook_id;
    let shelter = store::find(db, &actor, webhook_id).await.at("id")?.shelter_id;
    deps.limit(&BY_HAND, shelter).await?;
    deps.write(async |tx| {
        let actor = Actor::of(tx, viewer).await?;
        let webhook = store::find_for_update(tx, &actor, webhook_id).await.at("id")?;
        let delivery = locked(tx, id).await.at("id")?;
        if webhook.disabled_at.is_some() {
            let message = "the webhook is off: turn it on with updateWebhook first";
            return Err(Error::field("id", FieldCode::NotAllowed, message));
        }
        let is_fresh = delivery.attempts == 0 && tx.now() < delivery.queued_at.plus(TRY_LASTS);
        if delivery.state == WebhookDeliveryState::Queued && is_fresh {
            return Ok(delivery);
        }
        let mut row = delivery.into_active_model();
        row.state = Set(WebhookDeliveryState::Queued);
        row.attempts = Set(0);
        row.queued_at = Set(tx.now());
        row.next_at = Set(tx.now());
        row.delivered_at = Set(None);
        let delivery = webhook_delivery::Entity::update(row).exec(tx).await?;
        announce(tx, &delivery);
        Ok(delivery)
    })
    .await
}
