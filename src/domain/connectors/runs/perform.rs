//! Fetches what a run is about, and makes an import of it.

use entity::{connector, connector_run, id::ConnectorRunId, vocabulary::ConnectorRunState};
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, sea_query::Expr};

use super::{
    ending::{Failure, cancel, fail, succeed},
    pace::LEASE,
    store::with_id,
};
use crate::{
    deps::{Deps, Tx},
    domain::{
        connectors::{
            model::source,
            pull::{PullError, Pulled, pull},
            secret::unsealed,
            store,
        },
        shelters::{self, PulledFile, PulledImport},
    },
    kernel::{OrGone, Outcome, Result},
};

const OFF: &str = "the connector was turned off";
const UNREADABLE: &str = "its secret cannot be read any more: give it again with updateConnector";
const UNVERIFIED: &str = "the shelter is not verified any more: ask an admin to verify it";

/// Job: fetches a run and queues its import. It may run twice: whoever leases the run first fetches it, and the other one
/// looks again when the lease is over. If the process dies meanwhile, nothing was imported, and the other one fetches.
pub async fn perform_run(deps: &Deps, id: ConnectorRunId) -> Result<Outcome> {
    perform(deps, id).await.or_gone("the connector is gone")
}

async fn perform(deps: &Deps, id: ConnectorRunId) -> Result<Outcome> {
    let (run, now) = (with_id(deps.db.read(), id).await?, deps.clock.now());
    if !is_waiting(&run) {
        return Ok(Outcome::Done);
    }
    if let Some(until) = run.leased_until.filter(|until| now < *until) {
        return Ok(Outcome::Snooze(until.since(now)));
    }
    let Some(run) = lease(deps, run).await? else {
        return Ok(Outcome::Snooze(LEASE));
    };
    let connector = store::with_id(deps.db.read(), run.connector_id).await?;
    if connector.disabled_at.is_some() {
        return settle(deps, &run, Fetched::Nothing(End::Canceled)).await;
    }
    let fetched = match fetch(deps, &connector, &run).await? {
        Ok(pulled) if pulled.records == 0 => Fetched::Nothing(End::Unchanged(pulled)),
        Ok(pulled) => stored(deps, &connector, pulled).await?,
        Err(failure) => Fetched::Nothing(End::Failed(failure)),
    };
    settle(deps, &run, fetched).await
}

fn is_waiting(run: &connector_run::Model) -> bool {
    matches!(run.state, ConnectorRunState::Queued | ConnectorRunState::Pulling)
}

/// Begins to fetch, unless another worker is faster.
async fn lease(deps: &Deps, run: connector_run::Model) -> Result<Option<connector_run::Model>> {
    let (state, attempts) = (run.state, run.attempts);
    deps.write(async |tx| {
        let leased = connector_run::Model {
            state: ConnectorRunState::Pulling,
            attempts: attempts.saturating_add(1),
            leased_until: Some(tx.now().plus(LEASE)),
            ..run
        };
        let taken = connector_run::Entity::update_many()
            .col_expr(connector_run::Column::State, Expr::value(leased.state))
            .col_expr(connector_run::Column::Attempts, Expr::value(leased.attempts))
            .col_expr(connector_run::Column::LeasedUntil, Expr::value(leased.leased_until))
            .filter(connector_run::COLUMN.id.eq(leased.id))
            .filter(connector_run::COLUMN.state.eq(state))
            .filter(connector_run::COLUMN.attempts.eq(attempts))
            .exec(tx)
            .await?;
        Ok((taken.rows_affected == 1).then_some(leased))
    })
    .await
}

/// What came of fetching.
enum Fetched {
    /// A file, whose import is ready to be queued.
    File { import: Box<PulledImport>, pulled: Pulled },
    /// No file, and so the end of the run.
    Nothing(End),
}

/// How a run ends that makes no import.
enum End {
    Canceled,
    Unchanged(Pulled),
    Failed(Failure),
}

/// Asks the shelter's software.
async fn fetch(
    deps: &Deps,
    connector: &connector::Model,
    run: &connector_run::Model,
) -> Result<Result<Pulled, Failure>> {
    if !shelters::find(deps.db.read(), connector.shelter_id).await?.verified {
        return Ok(Err(Failure::refused(UNVERIFIED)));
    }
    let secret = match unsealed(deps, connector) {
        Ok(secret) => secret,
        Err(error) => {
            tracing::warn!(connector.id = %connector.id, error = ?error, "a connector has no readable secret");
            return Ok(Err(Failure::refused(UNREADABLE)));
        }
    };
    let source = source(connector, secret);
    let pulled = pull(&deps.outbound, &source, run.since, deps.clock.now()).await;
    Ok(pulled.map_err(|error| match error {
        PullError::Refused(why) => Failure::refused(why),
        PullError::Unavailable { reason, retry_after } => Failure::passing(reason, retry_after),
    }))
}

/// Stores what was fetched as a file, as `importPets` does.
async fn stored(deps: &Deps, connector: &connector::Model, mut pulled: Pulled) -> Result<Fetched> {
    let file = PulledFile {
        shelter_id: connector.shelter_id,
        started_by: connector.created_by.clone(),
        data: std::mem::take(&mut pulled.data),
    };
    let import = Box::new(file.prepare(deps).await?);
    Ok(Fetched::File { import, pulled })
}

/// Writes down what came of it, unless somebody else has meanwhile. The import is queued in the same transaction, so that
/// there is one of each run.
async fn settle(deps: &Deps, leased: &connector_run::Model, fetched: Fetched) -> Result<Outcome> {
    let blob_key = match &fetched {
        Fetched::File { import, .. } => Some(import.blob_key().to_owned()),
        Fetched::Nothing(_) => None,
    };
    let settled = deps.write(async |tx| conclude(deps, tx, leased, fetched).await).await;
    let is_idle = matches!(settled, Ok(false));
    if let Some(key) = blob_key.filter(|_| is_idle) {
        // Best effort: a file without an import only costs space. After an error, there may be one.
        let _ = deps.blobs.delete(&key).await;
    }
    settled.map(|_| Outcome::Done)
}

/// Returns whether an import was queued.
async fn conclude(deps: &Deps, tx: &Tx, leased: &connector_run::Model, fetched: Fetched) -> Result<bool> {
    let connector = store::locked(tx, leased.connector_id).await?;
    let mut run = with_id(tx, leased.id).await?;
    if run.state != ConnectorRunState::Pulling || run.attempts != leased.attempts {
        return Ok(false);
    }
    match fetched {
        Fetched::Nothing(End::Canceled) => cancel(tx, run, OFF).await?,
        Fetched::Nothing(End::Unchanged(pulled)) => {
            (run.records, run.newest) = (Some(0), pulled.newest);
            succeed(tx, connector, noted(tx, run).await?).await?;
        }
        Fetched::Nothing(End::Failed(failure)) => fail(deps, tx, (connector, run), failure).await?,
        Fetched::File { .. } if connector.disabled_at.is_some() => cancel(tx, run, OFF).await?,
        Fetched::File { import, pulled } => {
            let import = import.queue(deps, tx).await?;
            run.state = ConnectorRunState::Importing;
            run.records = Some(i32::try_from(pulled.records).unwrap_or(i32::MAX));
            run.newest = pulled.newest;
            run.import_id = Some(import.id);
            noted(tx, run).await?;
            let mut row = connector.into_active_model();
            row.last_import_id = Set(Some(import.id));
            connector::Entity::update(row).exec(tx).await?;
            return Ok(true);
        }
    }
    Ok(false)
}

/// Stores what is known of the run.
async fn noted(tx: &Tx, run: connector_run::Model) -> Result<connector_run::Model> {
    let connector_run::Model {
        state,
        records,
        newest,
        import_id,
        ..
    } = run;
    let mut row = run.into_active_model();
    row.state = Set(state);
    row.records = Set(records);
    row.newest = Set(newest);
    row.import_id = Set(import_id);
    Ok(connector_run::Entity::update(row).exec(tx).await?)
}
