//! Runs a connector now.

use entity::{connector, id::ConnectorId};

use super::{
    runs::{BY_HAND, begin, under_way},
    store,
};
use crate::{
    deps::{Deps, IdempotencyKey, Remembered, is_repeat, once},
    domain::staff::Actor,
    kernel::{AtField, Error, FieldCode, Result, Viewer},
};

/// The name under which keys of requests are kept.
const ACTION: &str = "runConnector";

/// Input for a run.
pub struct RunConnector {
    /// The connector.
    pub id: ConnectorId,
    /// A repeat with the same key and input within 24 hours begins no other run.
    pub idempotency_key: Option<IdempotencyKey>,
}

/// Begins a run, whenever the next one would be. Refused while one is under way, and while the connector is off.
pub async fn run_connector(deps: &Deps, viewer: &Viewer, input: RunConnector) -> Result<connector::Model> {
    let RunConnector { id, idempotency_key } = input;
    viewer.refuse_visitor()?;
    let actor = Actor::of(deps.db.read(), viewer).await?;
    let shelter = store::find(deps.db.read(), &actor, id).await.at("id")?.shelter_id;
    let key = idempotency_key.as_ref();
    if !is_repeat(deps, viewer, ACTION, key).await? {
        deps.limit(&BY_HAND, shelter).await?;
    }
    deps.write(async |tx| {
        let actor = Actor::of(tx, viewer).await?;
        let connector = store::find_for_update(tx, &actor, id).await.at("id")?;
        let reservation = match once(tx, viewer, ACTION, key).await? {
            Remembered::New(reservation) => reservation,
            Remembered::Done(_) => return Ok(connector),
        };
        if connector.disabled_at.is_some() {
            let message = "the connector is off: turn it on with updateConnector first";
            return Err(Error::field("id", FieldCode::NotAllowed, message));
        }
        if let Some(run) = under_way(tx, id).await? {
            let message = format!("run {} of this connector is not over: wait until it is", run.number);
            return Err(Error::field("id", FieldCode::Conflict, message));
        }
        let connector = begin(deps, tx, connector).await?;
        reservation.fulfil(tx, id).await?;
        Ok(connector)
    })
    .await
}
