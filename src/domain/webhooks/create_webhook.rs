//! Makes a webhook.

use entity::{
    id::{ShelterId, WebhookId},
    vocabulary::WebhookEvent,
    webhook,
};
use sea_orm::{ActiveValue::Set, EntityTrait};

use super::{
    model::{NewWebhook, checked_events, checked_url},
    secret::{new_secret, sealed, unsealed},
    store,
};
use crate::{
    deps::{Deps, IdempotencyKey, Remembered, Tx, once},
    domain::{accounts::audit, staff::Actor},
    kernel::{AtField, Error, FieldCode, Result, Viewer},
};

/// Input for making a webhook.
#[derive(Debug)]
pub struct CreateWebhook {
    /// The shelter whose events are sent.
    pub shelter_id: ShelterId,
    /// Where they are sent, at most 2,048 characters.
    pub url: String,
    /// At least one.
    pub events: Vec<WebhookEvent>,
    /// A repeat with the same key and input within 24 hours returns the first webhook, with its secret.
    pub idempotency_key: Option<IdempotencyKey>,
}

/// Makes a webhook, which is on from then.
pub async fn create_webhook(deps: &Deps, viewer: &Viewer, input: CreateWebhook) -> Result<NewWebhook> {
    let CreateWebhook {
        shelter_id,
        url,
        events,
        idempotency_key,
    } = input;
    store::refuse_others(deps.db.read(), viewer, shelter_id).await?;
    let url = checked_url(deps, &url)?;
    let events = checked_events(&events)?;
    let secret = new_secret(deps);
    deps.write(async |tx| {
        store::refuse_others(tx, viewer, shelter_id).await?;
        let reservation = match once(tx, viewer, "createWebhook", idempotency_key.as_ref()).await? {
            Remembered::New(reservation) => reservation,
            Remembered::Done(id) => return made_before(deps, tx, viewer, &id).await,
        };
        if store::MOST <= store::count_locked(tx, shelter_id).await? {
            let message = format!("a shelter has at most {} webhooks: delete one first", store::MOST);
            return Err(Error::field("shelterId", FieldCode::LimitReached, message));
        }
        let id = WebhookId(deps.ids.uuid(tx.now()));
        let row = webhook::ActiveModel {
            id: Set(id),
            shelter_id: Set(shelter_id),
            url: Set(url),
            events: Set(events),
            sealed_secret: Set(sealed(deps, id, &secret)),
            former_secret: Set(None),
            former_until: Set(None),
            created_by: Set(viewer.actor()),
            created_at: Set(tx.now()),
            disabled_at: Set(None),
            disabled_reason: Set(None),
            failing_since: Set(None),
            last_success_at: Set(None),
            rests_until: Set(None),
            restarted_at: Set(None),
        };
        let webhook = webhook::Entity::insert(row).exec_with_returning(tx).await?;
        audit(deps, tx, viewer.actor(), "webhook_created", Some(id.to_string()), None).await?;
        reservation.fulfil(tx, id).await?;
        Ok(NewWebhook { webhook, secret })
    })
    .await
}

/// The webhook that the same request made before, with the secret that it has now.
async fn made_before(deps: &Deps, tx: &Tx, viewer: &Viewer, id: &str) -> Result<NewWebhook> {
    let id = id.parse().map_err(Error::internal)?;
    let actor = Actor::of(tx, viewer).await?;
    let webhook = store::find(tx, &actor, id).await.at("idempotencyKey")?;
    let secret = unsealed(deps, &webhook)?;
    Ok(NewWebhook { webhook, secret })
}
