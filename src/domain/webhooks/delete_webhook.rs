//! Deletes a webhook.

use entity::{id::WebhookId, webhook, webhook_delivery};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};

use super::store;
use crate::{
    deps::{Deps, note_done, unless_done},
    domain::{accounts::audit, staff::Actor},
    kernel::{AtField, Result, Viewer},
};

/// The name under which this action is recorded, so that a repeat succeeds.
const ACTION: &str = "deleteWebhook";

/// Deletes a webhook with its deliveries; those that wait are not sent. Idempotent.
pub async fn delete_webhook(deps: &Deps, viewer: &Viewer, id: WebhookId) -> Result<WebhookId> {
    viewer.refuse_visitor()?;
    deps.write(async |tx| {
        let actor = Actor::of(tx, viewer).await?;
        let found = store::find_for_update(tx, &actor, id).await;
        if unless_done(tx, viewer, (ACTION, id), found).await.at("id")?.is_none() {
            return Ok(id);
        }
        webhook_delivery::Entity::delete_many()
            .filter(webhook_delivery::COLUMN.webhook_id.eq(id))
            .exec(tx)
            .await?;
        webhook::Entity::delete_by_id(id).exec(tx).await?;
        audit(deps, tx, viewer.actor(), "webhook_deleted", Some(id.to_string()), None).await?;
        note_done(tx, viewer, ACTION, id).await?;
        Ok(id)
    })
    .await
}
