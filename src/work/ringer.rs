//! Rings this node's bells for what is new in the log, whoever wrote it.

use std::time::Duration;

use entity::event;
use sea_orm::{EntityTrait, FromQueryResult, QueryFilter, QueryOrder, QuerySelect};
use tokio::sync::broadcast::error::RecvError;
use tokio_util::sync::CancellationToken;

use crate::{deps::Deps, events::Event, kernel::Result, ports::bus::Bell};

/// How long news may go unnoticed when the bus is broken.
const POLL: Duration = Duration::from_secs(1);
/// Most events of one look; after more than that, everybody looks.
const BATCH: u64 = 1000;

#[derive(FromQueryResult)]
struct Row {
    number: i64,
    payload: String,
}

/// Runs until shutdown.
pub async fn run(deps: Deps, shutdown: CancellationToken) {
    let mut bus = deps.bus.listen();
    let mut seen = None;
    loop {
        match ring(&deps, seen).await {
            Ok(last) => seen = Some(last),
            Err(error) => tracing::warn!(error = ?error, "the log could not be read; trying again"),
        }
        tokio::select! {
            () = shutdown.cancelled() => return,
            () = tokio::time::sleep(POLL) => deps.bells.tidy(),
            () = next_log_bell(&mut bus) => {}
        }
    }
}

/// Waits for a bell that says that the log has grown, or that bells were missed.
pub(super) async fn next_log_bell(bus: &mut tokio::sync::broadcast::Receiver<Bell>) {
    loop {
        match bus.recv().await {
            Ok(Bell::Log) | Err(RecvError::Lagged(_)) => return,
            Ok(Bell::Signal { .. }) => {}
            Err(RecvError::Closed) => std::future::pending().await,
        }
    }
}

async fn ring(deps: &Deps, seen: Option<i64>) -> Result<i64> {
    let Some(seen) = seen else {
        return ring_all(deps).await;
    };
    let rows = event::Entity::find()
        .select_only()
        .columns([event::Column::Number, event::Column::Payload])
        .filter(event::COLUMN.number.gt(seen))
        .order_by_asc(event::Column::Number)
        .limit(BATCH)
        .into_model::<Row>()
        .all(deps.db.read())
        .await?;
    if rows.len() as u64 == BATCH {
        return ring_all(deps).await;
    }
    for row in &rows {
        // An event of a newer version: its own node rings for it, and this one looks at everything.
        match serde_json::from_str::<Event>(&row.payload) {
            Ok(event) => event.topics().into_iter().for_each(|topic| deps.bells.ring(topic)),
            Err(_) => deps.bells.ring_all(),
        }
    }
    Ok(rows.last().map_or(seen, |row| row.number))
}

/// Rings for everybody, and says from where the log is to be read on. The number is read first: what is written between
/// the two is rung for once more, never not at all.
async fn ring_all(deps: &Deps) -> Result<i64> {
    let last = event::Entity::find()
        .order_by_desc(event::Column::Number)
        .one(deps.db.read())
        .await?;
    deps.bells.ring_all();
    Ok(last.map_or(0, |event| event.number))
}
