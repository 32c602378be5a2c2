//! Rings this node's bells for new facts in the log, whichever node wrote them.

use std::time::Duration;

use entity::event;
use sea_orm::{EntityTrait, QueryOrder};
use tokio::sync::broadcast::error::{RecvError, TryRecvError};
use tokio_util::sync::CancellationToken;

use crate::{
    deps::{Deps, EVENTS_OF_A_LOOK, Fact, events_after},
    kernel::Result,
    ports::bus::Bell,
};

/// Maximum delay of news when the bus is broken.
const POLL: Duration = Duration::from_secs(1);
/// Maximum number of log queries per ring; if there is more, all bells ring.
const MOST_LOOKS: usize = 10;

/// Runs until shutdown.
pub async fn run(deps: Deps, shutdown: CancellationToken) {
    let mut bus = deps.bus.listen();
    let mut seen = None;
    loop {
        match ring(&deps, seen).await {
            Ok(last) => {
                deps.log_head.rang(last);
                seen = Some(last);
            }
            Err(error) => tracing::warn!(error = ?error, "the log could not be read; trying again"),
        }
        tokio::select! {
            () = shutdown.cancelled() => return,
            () = tokio::time::sleep(POLL) => deps.bells.tidy(),
            () = next_log_bell(&mut bus) => {}
        }
    }
}

/// Waits for a bell that announces new entries in the log, or missed bells. All bells up to then count as one, because
/// everything new is read next.
pub(super) async fn next_log_bell(bus: &mut tokio::sync::broadcast::Receiver<Bell>) {
    loop {
        match bus.recv().await {
            Ok(Bell::Log) | Err(RecvError::Lagged(_)) => {
                while !matches!(bus.try_recv(), Err(TryRecvError::Empty | TryRecvError::Closed)) {}
                return;
            }
            Ok(Bell::Signal { .. }) => {}
            Err(RecvError::Closed) => std::future::pending().await,
        }
    }
}

async fn ring(deps: &Deps, seen: Option<i64>) -> Result<i64> {
    let Some(seen) = seen else {
        return ring_all(deps).await;
    };
    let mut seen = seen;
    for _ in 0..MOST_LOOKS {
        let facts = events_after(deps, seen).await?;
        for fact in facts.iter() {
            // An event of a newer version: the node that wrote it rings for it, and this one rings all bells.
            match &fact.event {
                Some(event) => event.topics().into_iter().for_each(|topic| deps.bells.ring(topic)),
                None => deps.bells.ring_all(),
            }
        }
        took(deps, &facts);
        seen = facts.last().map_or(seen, |last| last.number);
        if facts.len() < EVENTS_OF_A_LOOK {
            return Ok(seen);
        }
    }
    ring_all(deps).await
}

/// Records the delay of the news. An event carries the start time of its transaction.
fn took(deps: &Deps, facts: &[Fact]) {
    let now = deps.clock.now();
    for fact in facts {
        metrics::histogram!("sweetie_bell_seconds").record(now.since(fact.created_at));
    }
}

/// Rings all bells and returns the number from which to continue reading the log. The number is read first: facts
/// written in between are rung for twice rather than not at all.
async fn ring_all(deps: &Deps) -> Result<i64> {
    let last = event::Entity::find()
        .order_by_desc(event::Column::Number)
        .one(deps.db.read())
        .await?;
    deps.bells.ring_all();
    Ok(last.map_or(0, |event| event.number))
}
