//! Writes a delivery down, which calls for the job that posts it.

use entity::{
    id::{ShelterId, WebhookDeliveryId, WebhookId},
    vocabulary::{WebhookDeliveryState, WebhookEvent},
    webhook, webhook_delivery,
};
use sea_orm::{ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder, QuerySelect, sea_query::OnConflict};
use serde::Serialize;

use crate::{
    deps::{Deps, Tx},
    events::DeliveryEvent,
    kernel::{Error, Result},
};

/// Maximum size of a body in bytes.
const LARGEST: usize = 64 * 1024;
/// Deliveries that are sent at once when a webhook that was failing takes them again; the others come when its rest would have
/// been over.
const WOKEN: u64 = 500;
/// Asks for the subjects of a delivery; whoever sends it adds the fields that they need.
const FETCH: &str = "query($ids: [ID!]!) { nodes(ids: $ids) { __typename id } }";

/// What a delivery is about: ids alone, by which those who may see the rest fetch it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Subject {
    /// The type in the schema.
    #[serde(rename = "type")]
    pub kind: &'static str,
    /// Global id.
    pub id: String,
    /// The animal of a stay.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub animal_id: Option<String>,
    /// The match of a claim.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub match_id: Option<String>,
    /// The shelter's own report.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pet_id: Option<String>,
}

/// The body of a delivery.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Body<'a> {
    id: String,
    #[serde(rename = "type")]
    event: WebhookEvent,
    created_at: String,
    shelter_id: ShelterId,
    webhook_id: String,
    subjects: &'a [Subject],
    #[serde(skip_serializing_if = "Option::is_none")]
    fetch: Option<Fetch<'a>>,
}

/// A request that anybody who may see the subjects can send.
#[derive(Serialize)]
struct Fetch<'a> {
    url: String,
    query: &'static str,
    variables: Variables<'a>,
}

#[derive(Serialize)]
struct Variables<'a> {
    ids: Vec<&'a str>,
}

/// Writes a delivery down, unless the webhook has one with that key already.
pub(super) async fn queue(
    deps: &Deps,
    tx: &Tx,
    webhook: &webhook::Model,
    (event, key): (WebhookEvent, &str),
    subjects: &[Subject],
) -> Result<webhook_delivery::Model> {
    let id = WebhookDeliveryId(deps.ids.uuid(tx.now()));
    let delivery = webhook_delivery::Model {
        id,
        webhook_id: webhook.id,
        event,
        event_key: key.to_owned(),
        payload: body(deps, tx, webhook, (id, event), subjects)?,
        state: WebhookDeliveryState::Queued,
        attempts: 0,
        queued_at: tx.now(),
        next_at: tx.now(),
        last_status: None,
        last_error: None,
        created_at: tx.now(),
        delivered_at: None,
    };
    let known = [webhook_delivery::Column::WebhookId, webhook_delivery::Column::EventKey];
    let inserted = webhook_delivery::Entity::insert(delivery.clone().into_active_model())
        .on_conflict(OnConflict::columns(known).do_nothing().to_owned())
        .exec_without_returning(tx)
        .await?;
    if inserted == 1 {
        announce(tx, &delivery);
    }
    Ok(delivery)
}

/// Calls for the job that posts a delivery.
pub(super) fn announce(tx: &Tx, delivery: &webhook_delivery::Model) {
    tx.announce(DeliveryEvent::WebhookDeliveryQueued {
        webhook_id: delivery.webhook_id,
        delivery_id: delivery.id,
    });
}

/// Calls for what waits for a webhook without having been tried, the oldest first.
pub(in crate::domain::webhooks) async fn wake(tx: &Tx, webhook_id: WebhookId) -> Result<()> {
    let waiting = webhook_delivery::Entity::find()
        .select_only()
        .column(webhook_delivery::Column::Id)
        .filter(webhook_delivery::COLUMN.webhook_id.eq(webhook_id))
        .filter(webhook_delivery::COLUMN.state.eq(WebhookDeliveryState::Queued))
        .filter(webhook_delivery::COLUMN.attempts.eq(0))
        .order_by_asc(webhook_delivery::Column::CreatedAt)
        .order_by_asc(webhook_delivery::Column::Id)
        .limit(WOKEN);
    let waiting: Vec<WebhookDeliveryId> = waiting.into_tuple().all(tx).await?;
    for delivery_id in waiting {
        tx.announce(DeliveryEvent::WebhookDeliveryQueued {
            webhook_id,
            delivery_id,
        });
    }
    Ok(())
}

fn body(
    deps: &Deps,
    tx: &Tx,
    webhook: &webhook::Model,
    (id, event): (WebhookDeliveryId, WebhookEvent),
    subjects: &[Subject],
) -> Result<String> {
    let ids: Vec<&str> = subjects.iter().map(|subject| subject.id.as_str()).collect();
    let fetch = (!ids.is_empty()).then(|| Fetch {
        url: format!("{}/graphql", deps.public_url),
        query: FETCH,
        variables: Variables { ids },
    });
    let body = serde_json::to_string(&Body {
        id: id.to_string(),
        event,
        created_at: tx.now().to_string(),
        shelter_id: webhook.shelter_id,
        webhook_id: webhook.id.to_string(),
        subjects,
        fetch,
    })?;
    match body.len() <= LARGEST {
        true => Ok(body),
        false => Err(Error::broken("the body of a delivery is larger than 64 KB")),
    }
}
