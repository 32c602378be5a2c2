//! Queries for webhooks. Only viewers who manage those of the shelter see them.

use entity::{
    id::{ShelterId, WebhookId},
    shelter, webhook,
};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect, Select,
};

use crate::{
    deps::Tx,
    domain::{shelters, staff::Actor},
    kernel::{AtField, Error, Result, Viewer},
};

/// Maximum number of webhooks of a shelter.
pub(super) const MOST: u64 = 20;

/// Refuses viewers who may not manage the webhooks of the shelter. Shelters are public, so they get `Forbidden`.
pub(super) async fn refuse_others(db: &impl ConnectionTrait, viewer: &Viewer, shelter: ShelterId) -> Result<()> {
    viewer.refuse_visitor()?;
    shelters::find(db, shelter).await.at("shelterId")?;
    if Actor::of(db, viewer).await?.may_manage_webhooks(shelter) {
        return Ok(());
    }
    let refusal = "only an ADMIN of the shelter's staff, and its keys with webhooks:manage, can do this";
    Err(Error::Forbidden(refusal.into()))
}

/// A shelter's webhooks, oldest first; `None` for viewers who do not manage them.
pub async fn webhooks_of(
    db: &impl ConnectionTrait,
    actor: &Actor,
    shelter: ShelterId,
) -> Result<Option<Vec<webhook::Model>>> {
    if !actor.may_manage_webhooks(shelter) {
        return Ok(None);
    }
    Ok(Some(of_shelter(shelter).limit(MOST).all(db).await?))
}

fn of_shelter(shelter: ShelterId) -> Select<webhook::Entity> {
    webhook::Entity::find()
        .filter(webhook::COLUMN.shelter_id.eq(shelter))
        .order_by_asc(webhook::Column::CreatedAt)
        .order_by_asc(webhook::Column::Id)
}

/// Number of webhooks of a shelter. The shelter is locked until the transaction ends, so that two requests at once do not
/// both take the last place.
pub(super) async fn count_locked(tx: &Tx, shelter: ShelterId) -> Result<u64> {
    shelter::Entity::find_by_id(shelter).lock_exclusive().one(tx).await?;
    let webhooks = webhook::Entity::find().filter(webhook::COLUMN.shelter_id.eq(shelter));
    Ok(webhooks.count(tx).await?)
}

/// The webhooks with those ids that the viewer manages, in no particular order.
pub async fn by_ids(db: &impl ConnectionTrait, actor: &Actor, ids: &[WebhookId]) -> Result<Vec<webhook::Model>> {
    let found = webhook::Entity::find().filter(webhook::COLUMN.id.is_in(ids.iter().copied()));
    let mut found = found.all(db).await?;
    found.retain(|webhook| actor.may_manage_webhooks(webhook.shelter_id));
    Ok(found)
}

/// A webhook that the viewer manages.
pub async fn find(db: &impl ConnectionTrait, actor: &Actor, id: WebhookId) -> Result<webhook::Model> {
    let found = by_ids(db, actor, &[id]).await?.pop();
    found.ok_or(Error::NotFound("webhook"))
}

/// The same, locked until the transaction ends where the database locks rows.
pub(super) async fn find_for_update(tx: &Tx, actor: &Actor, id: WebhookId) -> Result<webhook::Model> {
    let found = locked(tx, id).await?;
    match actor.may_manage_webhooks(found.shelter_id) {
        true => Ok(found),
        false => Err(Error::NotFound("webhook")),
    }
}

/// A webhook without an access check, for the server's own work; locked in the same way.
pub(super) async fn locked(tx: &Tx, id: WebhookId) -> Result<webhook::Model> {
    let found = webhook::Entity::find_by_id(id).lock_exclusive().one(tx).await?;
    found.ok_or(Error::NotFound("webhook"))
}

/// A webhook without an access check, for the server's own work.
pub(super) async fn with_id(db: &impl ConnectionTrait, id: WebhookId) -> Result<webhook::Model> {
    let found = webhook::Entity::find_by_id(id).one(db).await?;
    found.ok_or(Error::NotFound("webhook"))
}

/// The webhooks of a shelter that are on.
pub(super) async fn enabled_of(db: &impl ConnectionTrait, shelter: ShelterId) -> Result<Vec<webhook::Model>> {
    let enabled = of_shelter(shelter).filter(webhook::COLUMN.disabled_at.is_null());
    Ok(enabled.all(db).await?)
}

/// Whether any webhook of a shelter is on.
pub(super) async fn has_enabled(db: &impl ConnectionTrait, shelter: ShelterId) -> Result<bool> {
    let enabled = webhook::Entity::find()
        .select_only()
        .column(webhook::Column::Id)
        .filter(webhook::COLUMN.shelter_id.eq(shelter))
        .filter(webhook::COLUMN.disabled_at.is_null())
        .limit(1);
    Ok(enabled.into_tuple::<WebhookId>().one(db).await?.is_some())
}
