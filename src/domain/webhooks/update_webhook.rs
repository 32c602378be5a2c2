//! Changes a webhook, and turns it on and off.

use entity::{id::WebhookId, vocabulary::WebhookEvent, webhook};
use sea_orm::{ActiveValue::Set, EntityTrait, IntoActiveModel};

use super::{
    deliveries::wake,
    model::{checked_events, checked_url},
    store,
};
use crate::{
    deps::Deps,
    domain::{accounts::audit, staff::Actor},
    kernel::{AtField, Result, Viewer},
};

/// Why a webhook is off that nobody but its shelter has turned off.
const BY_HAND: &str = "the shelter turned it off";

/// The change; `None` keeps the present value.
#[derive(Debug)]
pub struct UpdateWebhook {
    /// The webhook.
    pub id: WebhookId,
    /// Where deliveries go, at most 2,048 characters.
    pub url: Option<String>,
    /// What it is told of; at least one.
    pub events: Option<Vec<WebhookEvent>>,
    /// Whether it is on.
    pub enabled: Option<bool>,
}

/// Changes the webhook. The same again changes nothing. What waits to be delivered goes to the new address.
pub async fn update_webhook(deps: &Deps, viewer: &Viewer, input: UpdateWebhook) -> Result<webhook::Model> {
    let UpdateWebhook {
        id,
        url,
        events,
        enabled,
    } = input;
    viewer.refuse_visitor()?;
    let actor = Actor::of(deps.db.read(), viewer).await?;
    store::find(deps.db.read(), &actor, id).await.at("id")?;
    let url = url.map(|url| checked_url(deps, &url)).transpose()?;
    let events = events.map(|events| checked_events(&events)).transpose()?;
    deps.write(async |tx| {
        let actor = Actor::of(tx, viewer).await?;
        let before = store::find_for_update(tx, &actor, id).await.at("id")?;
        let mut after = before.clone();
        if let Some(url) = url.filter(|url| *url != before.url) {
            after.url = url;
        }
        if let Some(events) = events {
            after.events = events;
        }
        match enabled {
            Some(true) if before.disabled_at.is_some() => {
                (after.disabled_at, after.disabled_reason) = (None, None);
            }
            Some(false) if before.disabled_at.is_none() => {
                (after.disabled_at, after.disabled_reason) = (Some(tx.now()), Some(BY_HAND.to_owned()));
            }
            _ => {}
        }
        if after == before {
            return Ok(before);
        }
        if after.url != before.url || (after.disabled_at.is_none() && before.disabled_at.is_some()) {
            // What failed at another address, or before somebody has looked after it, says nothing of it.
            (after.failing_since, after.rests_until) = (None, None);
            after.restarted_at = Some(tx.now());
            wake(tx, id).await?;
        }
        let mut row = before.into_active_model();
        row.url = Set(after.url);
        row.events = Set(after.events);
        row.disabled_at = Set(after.disabled_at);
        row.disabled_reason = Set(after.disabled_reason);
        row.failing_since = Set(after.failing_since);
        row.rests_until = Set(after.rests_until);
        row.restarted_at = Set(after.restarted_at);
        let webhook = webhook::Entity::update(row).exec(tx).await?;
        audit(deps, tx, viewer.actor(), "webhook_updated", Some(id.to_string()), None).await?;
        Ok(webhook)
    })
    .await
}
