//! Finds connectors that are due. Every node looks; each run is begun by one of them.

use entity::{
    connector, connector_run,
    id::{ConnectorId, ImportId},
    vocabulary::ConnectorRunState,
};
use sea_orm::{ActiveValue::Set, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder, QuerySelect};

use super::{
    begin::begin,
    ending::{Failure, fail},
    pace::{BUSY, LOST_AFTER},
    settle::settle_import,
    store::under_way,
};
use crate::{
    deps::{Deps, Tx},
    domain::connectors::store,
    kernel::{Error, Result},
};

/// Maximum number of connectors that are looked up at once.
const AT_ONCE: u64 = 500;
const LOST: &str = "the server could not make this run";

/// Begins a run of each connector that is due. While the last one is not over, the connector is looked at again later.
pub async fn queue_due_runs(deps: &Deps) -> Result<()> {
    let due = connector::Entity::find()
        .select_only()
        .column(connector::Column::Id)
        .filter(connector::COLUMN.disabled_at.is_null())
        .filter(connector::COLUMN.next_run_at.lte(deps.clock.now()))
        .order_by_asc(connector::Column::NextRunAt)
        .limit(AT_ONCE);
    let due: Vec<ConnectorId> = due.into_tuple().all(deps.db.read()).await?;
    for id in due {
        let looked_at = deps.write(async |tx| look_at(deps, tx, id).await).await;
        match looked_at {
            // Its import may have ended without the run, if the job that should have told it so was buried.
            Ok(Some(import)) => settle_import(deps, import).await.map(drop)?,
            // It was deleted meanwhile.
            Ok(None) | Err(Error::NotFound(_)) => {}
            Err(error) => return Err(error),
        }
    }
    Ok(())
}

/// Begins a run, or puts it off; the import that it then waits for.
async fn look_at(deps: &Deps, tx: &Tx, id: ConnectorId) -> Result<Option<ImportId>> {
    let connector = store::locked(tx, id).await?;
    if connector.disabled_at.is_some() || tx.now() < connector.next_run_at {
        return Ok(None);
    }
    let Some(run) = under_way(tx, id).await? else {
        begin(deps, tx, connector).await?;
        return Ok(None);
    };
    if is_lost(tx, &run) {
        fail(deps, tx, (connector, run), Failure::passing(LOST, None)).await?;
        return Ok(None);
    }
    let mut row = connector.into_active_model();
    row.next_run_at = Set(tx.now().plus(BUSY));
    connector::Entity::update(row).exec(tx).await?;
    Ok(run.import_id)
}

fn is_lost(tx: &Tx, run: &connector_run::Model) -> bool {
    run.state != ConnectorRunState::Importing && run.created_at.plus(LOST_AFTER) <= tx.now()
}
