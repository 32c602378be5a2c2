//! Gives a webhook another secret; both sign until its system knows the new one.

use entity::{id::WebhookId, webhook};
use sea_orm::{ActiveValue::Set, EntityTrait, IntoActiveModel};

use super::{
    model::NewWebhook,
    secret::{new_secret, sealed, unsealed},
    store,
};
use crate::{
    deps::{DAY, Deps, IdempotencyKey, Remembered, once},
    domain::{accounts::audit, staff::Actor},
    kernel::{AtField, Result, Viewer},
};

/// Input for another secret.
#[derive(Debug)]
pub struct RotateWebhookSecret {
    /// The webhook.
    pub id: WebhookId,
    /// A repeat with the same key and input within 24 hours returns the secret again.
    pub idempotency_key: Option<IdempotencyKey>,
}

/// Makes another secret. The former one signs too for 24 hours; one that was former already does not any more.
pub async fn rotate_webhook_secret(deps: &Deps, viewer: &Viewer, input: RotateWebhookSecret) -> Result<NewWebhook> {
    let RotateWebhookSecret { id, idempotency_key } = input;
    viewer.refuse_visitor()?;
    let secret = new_secret(deps);
    deps.write(async |tx| {
        let actor = Actor::of(tx, viewer).await?;
        let webhook = store::find_for_update(tx, &actor, id).await.at("id")?;
        let reservation = match once(tx, viewer, "rotateWebhookSecret", idempotency_key.as_ref()).await? {
            Remembered::New(reservation) => reservation,
            Remembered::Done(_) => {
                let secret = unsealed(deps, &webhook)?;
                return Ok(NewWebhook { webhook, secret });
            }
        };
        let former = webhook.sealed_secret.clone();
        let mut row = webhook.into_active_model();
        row.sealed_secret = Set(sealed(deps, id, &secret));
        row.former_secret = Set(Some(former));
        row.former_until = Set(Some(tx.now().plus(DAY)));
        let webhook = webhook::Entity::update(row).exec(tx).await?;
        let subject = Some(id.to_string());
        audit(deps, tx, viewer.actor(), "webhook_secret_rotated", subject, None).await?;
        reservation.fulfil(tx, id).await?;
        Ok(NewWebhook { webhook, secret })
    })
    .await
}
