//! Begins a run, which calls for the job that fetches.

use entity::{connector, connector_run, id::ConnectorRunId, vocabulary::ConnectorRunState};
use sea_orm::{ActiveValue::Set, EntityTrait, IntoActiveModel};

use crate::{
    deps::{Deps, Tx},
    domain::connectors::model::interval,
    events::ConnectorEvent,
    kernel::Result,
};

/// Begins a run of a connector that is locked, is on, and has no run under way. Its number is unique, so the same run is
/// never begun twice.
pub(in crate::domain::connectors) async fn begin(
    deps: &Deps,
    tx: &Tx,
    connector: connector::Model,
) -> Result<connector::Model> {
    let number = connector.runs.saturating_add(1);
    let run = connector_run::Model {
        id: ConnectorRunId(deps.ids.uuid(tx.now())),
        connector_id: connector.id,
        number,
        state: ConnectorRunState::Queued,
        attempts: 0,
        leased_until: None,
        since: connector.watermark,
        newest: None,
        records: None,
        error: None,
        import_id: None,
        created_at: tx.now(),
        finished_at: None,
    };
    tx.announce(ConnectorEvent::ConnectorRunQueued {
        connector_id: connector.id,
        run_id: run.id,
        shelter_id: connector.shelter_id,
    });
    connector_run::Entity::insert(run.into_active_model())
        .exec_without_returning(tx)
        .await?;
    let next = tx.now().plus(interval(&connector));
    let mut row = connector.into_active_model();
    row.runs = Set(number);
    row.last_run_at = Set(Some(tx.now()));
    row.next_run_at = Set(next);
    Ok(connector::Entity::update(row).exec(tx).await?)
}
