//! Queries for connectors. Only viewers who manage those of the shelter see them.

use entity::{
    connector,
    id::{ConnectorId, ShelterId},
    shelter,
};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect};

use crate::{
    deps::Tx,
    domain::{shelters, staff::Actor},
    kernel::{AtField, Error, FieldCode, Result, Viewer},
};

/// Maximum number of connectors of a shelter.
pub(super) const MOST: u64 = 10;

/// Refuses viewers who may not manage the connectors of the shelter. Shelters are public, so they get `Forbidden`. Imports
/// are public at once, so an unverified shelter has none.
pub(super) async fn refuse_others(db: &impl ConnectionTrait, viewer: &Viewer, shelter: ShelterId) -> Result<()> {
    viewer.refuse_visitor()?;
    let found = shelters::find(db, shelter).await.at("shelterId")?;
    if !Actor::of(db, viewer).await?.may_manage_connectors(shelter) {
        let refusal = "only an ADMIN of the shelter's staff, and its keys with connectors:manage, can do this";
        return Err(Error::Forbidden(refusal.into()));
    }
    if !found.verified {
        let message = "this shelter is not verified: ask an admin to verify it first";
        return Err(Error::field("shelterId", FieldCode::NotAllowed, message));
    }
    Ok(())
}

/// A shelter's connectors, oldest first; `None` for viewers who do not manage them.
pub async fn connectors_of(
    db: &impl ConnectionTrait,
    actor: &Actor,
    shelter: ShelterId,
) -> Result<Option<Vec<connector::Model>>> {
    if !actor.may_manage_connectors(shelter) {
        return Ok(None);
    }
    let found = connector::Entity::find()
        .filter(connector::COLUMN.shelter_id.eq(shelter))
        .order_by_asc(connector::Column::CreatedAt)
        .order_by_asc(connector::Column::Id)
        .limit(MOST);
    Ok(Some(found.all(db).await?))
}

/// Number of connectors of a shelter. The shelter is locked until the transaction ends, so that two requests at once do not
/// both take the last place.
pub(super) async fn count_locked(tx: &Tx, shelter: ShelterId) -> Result<u64> {
    shelter::Entity::find_by_id(shelter).lock_exclusive().one(tx).await?;
    let connectors = connector::Entity::find().filter(connector::COLUMN.shelter_id.eq(shelter));
    Ok(connectors.count(tx).await?)
}

/// A connector that the viewer manages.
pub async fn find(db: &impl ConnectionTrait, actor: &Actor, id: ConnectorId) -> Result<connector::Model> {
    managed(actor, with_id(db, id).await?)
}

/// The same, locked until the transaction ends where the database locks rows.
pub(super) async fn find_for_update(tx: &Tx, actor: &Actor, id: ConnectorId) -> Result<connector::Model> {
    managed(actor, locked(tx, id).await?)
}

fn managed(actor: &Actor, found: connector::Model) -> Result<connector::Model> {
    match actor.may_manage_connectors(found.shelter_id) {
        true => Ok(found),
        false => Err(Error::NotFound("connector")),
    }
}

/// A connector without an access check, for the server's own work; locked in the same way. Its runs are changed only under
/// this lock.
pub(super) async fn locked(tx: &Tx, id: ConnectorId) -> Result<connector::Model> {
    let found = connector::Entity::find_by_id(id).lock_exclusive().one(tx).await?;
    found.ok_or(Error::NotFound("connector"))
}

/// A connector without an access check, for the server's own work.
pub(super) async fn with_id(db: &impl ConnectionTrait, id: ConnectorId) -> Result<connector::Model> {
    let found = connector::Entity::find_by_id(id).one(db).await?;
    found.ok_or(Error::NotFound("connector"))
}
