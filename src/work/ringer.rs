//! Rings this node's bells for what is new in the log, whoever wrote it.

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

/// How long news may go unnoticed when the bus is broken.
const POLL: Duration = Duration::from_secs(1);
/// Looks at the log for one ring at most; after more than that, everybody looks.
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

/// Waits for a bell that says that the log has grown, or that bells were missed. All that have rung by then count as
/// one, because what follows is a look at everything that is new.
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
            // An event of a newer version: its own node rings for it, and this one looks at everything.
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

/// Records how long the news were under way. An event carries the time at which its transaction began.
fn took(deps: &Deps, facts: &[Fact]) {
    let now = deps.clock.now();
    for fact in facts {
        metrics::histogram!("sweetie_bell_seconds").record(now.since(fact.created_at));
    }
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
