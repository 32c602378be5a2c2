//! Deletes a connector.

use entity::{connector, connector_run, id::ConnectorId};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};

use super::store;
use crate::{
    deps::{Deps, note_done, unless_done},
    domain::{accounts::audit, staff::Actor},
    kernel::{AtField, Result, Viewer},
};

/// The name under which this action is recorded, so that a repeat succeeds.
const ACTION: &str = "deleteConnector";

/// Deletes a connector with its secret and its runs. Its imports stay, and one that is under way goes on. Idempotent.
pub async fn delete_connector(deps: &Deps, viewer: &Viewer, id: ConnectorId) -> Result<ConnectorId> {
    viewer.refuse_visitor()?;
    deps.write(async |tx| {
        let actor = Actor::of(tx, viewer).await?;
        let found = store::find_for_update(tx, &actor, id).await;
        if unless_done(tx, viewer, (ACTION, id), found).await.at("id")?.is_none() {
            return Ok(id);
        }
        connector_run::Entity::delete_many()
            .filter(connector_run::COLUMN.connector_id.eq(id))
            .exec(tx)
            .await?;
        connector::Entity::delete_by_id(id).exec(tx).await?;
        audit(
            deps,
            tx,
            viewer.actor(),
            "connector_deleted",
            Some(id.to_string()),
            None,
        )
        .await?;
        note_done(tx, viewer, ACTION, id).await?;
        Ok(id)
    })
    .await
}
