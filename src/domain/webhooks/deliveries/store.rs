//! Queries for deliveries. Whoever manages a webhook sees them.

use entity::{
    id::{WebhookDeliveryId, WebhookId},
    vocabulary::WebhookDeliveryState,
    webhook_delivery,
};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter, QuerySelect, Select, sea_query::Expr,
};

use super::pace::KEPT;
use crate::{
    deps::{Deps, Direction, Keyset, Tx},
    domain::{staff::Actor, webhooks::store},
    kernel::{
        Error, Result,
        page::{KeyValue, Page, Slice},
    },
};

/// A page of a webhook's deliveries, newest first. The caller checks that the viewer may see the webhook.
pub async fn deliveries_of(
    db: &impl ConnectionTrait,
    webhook: WebhookId,
    state: Option<WebhookDeliveryState>,
    page: &Page,
) -> Result<Slice<webhook_delivery::Model>> {
    let order = Keyset {
        list: "webhook deliveries",
        columns: vec![
            Expr::col(webhook_delivery::Column::CreatedAt),
            Expr::col(webhook_delivery::Column::Id),
        ],
        direction: Direction::Descending,
    };
    let key =
        |delivery: &webhook_delivery::Model| vec![KeyValue::Int(delivery.created_at.0), KeyValue::Id(delivery.id.0)];
    order.page(db, select(webhook, state), page, key).await
}

/// Number of a webhook's deliveries.
pub async fn count_deliveries(
    db: &impl ConnectionTrait,
    webhook: WebhookId,
    state: Option<WebhookDeliveryState>,
) -> Result<u64> {
    Ok(select(webhook, state).count(db).await?)
}

fn select(webhook: WebhookId, state: Option<WebhookDeliveryState>) -> Select<webhook_delivery::Entity> {
    let deliveries = webhook_delivery::Entity::find().filter(webhook_delivery::COLUMN.webhook_id.eq(webhook));
    match state {
        Some(state) => deliveries.filter(webhook_delivery::COLUMN.state.eq(state)),
        None => deliveries,
    }
}

/// A delivery to a webhook that the viewer manages.
pub async fn find_delivery(
    db: &impl ConnectionTrait,
    actor: &Actor,
    id: WebhookDeliveryId,
) -> Result<webhook_delivery::Model> {
    let found = with_id(db, id).await?;
    match store::find(db, actor, found.webhook_id).await {
        Ok(_) => Ok(found),
        Err(Error::NotFound(_)) => Err(Error::NotFound("delivery")),
        Err(error) => Err(error),
    }
}

/// A delivery without an access check, for the server's own work.
pub(super) async fn with_id(db: &impl ConnectionTrait, id: WebhookDeliveryId) -> Result<webhook_delivery::Model> {
    let found = webhook_delivery::Entity::find_by_id(id).one(db).await?;
    found.ok_or(Error::NotFound("delivery"))
}

/// The same, locked until the transaction ends where the database locks rows.
pub(super) async fn locked(tx: &Tx, id: WebhookDeliveryId) -> Result<webhook_delivery::Model> {
    let found = webhook_delivery::Entity::find_by_id(id)
        .lock_exclusive()
        .one(tx)
        .await?;
    found.ok_or(Error::NotFound("delivery"))
}

/// Forgets deliveries after 30 days, unless they were queued again and wait.
pub async fn forget_deliveries(deps: &Deps) -> Result<()> {
    deps.write(async |tx| {
        webhook_delivery::Entity::delete_many()
            .filter(webhook_delivery::COLUMN.created_at.lt(tx.now().minus(KEPT)))
            .filter(webhook_delivery::COLUMN.state.ne(WebhookDeliveryState::Queued))
            .exec(tx)
            .await?;
        Ok(())
    })
    .await
}
