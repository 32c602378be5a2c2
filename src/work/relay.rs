//! Turns facts into jobs: each fact once, in the order of the log.

use std::time::Duration;

use entity::{cursor, vocabulary::Lane};
use sea_orm::{
    ActiveValue::Set,
    EntityTrait, QueryFilter,
    sea_query::{Expr, OnConflict},
};
use tokio_util::sync::CancellationToken;

use super::{job::NewJob, jobs::needed_reactions, queue, ringer::next_log_bell};
use crate::{
    deps::{Deps, Fact, Tx, events_after},
    kernel::{Error, Result},
};

const NAME: &str = "relay";
const POLL: Duration = Duration::from_secs(1);

/// Runs until shutdown. Every node runs a relay; the cursor makes sure that only one of them handles a fact.
pub async fn run(deps: Deps, shutdown: CancellationToken) {
    let mut bus = deps.bus.listen();
    let mut relay = Relay::default();
    let mut pace = Pace::Busy;
    loop {
        loop {
            match relay.step(&deps, pace).await {
                Ok(true) => {}
                Ok(false) => break,
                Err(error) => {
                    tracing::warn!(error = ?error, "facts could not be handed on; trying again");
                    break;
                }
            }
        }
        pace = tokio::select! {
            () = shutdown.cancelled() => return,
            () = tokio::time::sleep(POLL) => Pace::Idle,
            () = next_log_bell(&mut bus) => Pace::Busy,
        };
    }
}

/// Handles the next facts. Returns whether there were any.
pub async fn step(deps: &Deps) -> Result<bool> {
    Relay::default().step(deps, Pace::Idle).await
}

/// Whether there is time to save the progress.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Pace {
    Busy,
    Idle,
}

/// Progress of this node. Most facts, such as messages, trigger no jobs. The cursor in the database is moved past those
/// when there is time, or together with the next jobs.
#[derive(Debug, Default)]
struct Relay {
    /// Value of the cursor in the database, as far as this node knows.
    cursor: Option<i64>,
    /// Facts between the cursor and this number trigger no jobs.
    passed: i64,
}

impl Relay {
    async fn step(&mut self, deps: &Deps, pace: Pace) -> Result<bool> {
        let from = match self.cursor {
            Some(value) => value,
            None => cursor(deps).await?,
        };
        self.cursor = Some(from);
        let start = from.max(self.passed);
        let facts = events_after(deps, start).await?;
        let to = facts.last().map_or(start, |fact| fact.number);
        let jobs = jobs(deps, &facts).await?;
        if to == from || (jobs.is_empty() && pace == Pace::Busy) {
            self.passed = to;
            return Ok(!facts.is_empty());
        }
        let is_waited_for = jobs.iter().any(|(job, _)| job.lane == Lane::Interactive);
        let _waiting = is_waited_for.then(|| deps.foreground.enter());
        let is_ours = deps.write(async |tx| {
            let is_ours = advance(tx, from, to).await?;
            if is_ours {
                queue::enqueue_all(deps, tx, &jobs).await?;
            }
            Ok(is_ours)
        });
        // Another node may have moved it; in that case the next step reads its position.
        self.cursor = is_ours.await?.then_some(to);
        self.passed = to.min(self.cursor.unwrap_or(0));
        if !jobs.is_empty() {
            queue::wake();
        }
        Ok(true)
    }
}

/// The jobs that these facts trigger, each with its unique key.
async fn jobs(deps: &Deps, facts: &[Fact]) -> Result<Vec<(NewJob, String)>> {
    let mut jobs = Vec::new();
    for fact in facts {
        let event = fact
            .event
            .as_ref()
            .ok_or_else(|| Error::broken("a fact that this version does not know"))?;
        let of_fact = needed_reactions(deps, event).await?.into_iter().map(|job| {
            let key = format!("{}:{}", fact.number, job.kind);
            (job, key)
        });
        jobs.extend(of_fact);
    }
    Ok(jobs)
}

async fn cursor(deps: &Deps) -> Result<i64> {
    let row = cursor::Entity::find_by_id(NAME.to_owned()).one(deps.db.read()).await?;
    Ok(row.map_or(0, |cursor| cursor.value))
}

/// Moves the cursor, unless another node has moved it in the meantime.
async fn advance(tx: &Tx, from: i64, to: i64) -> Result<bool> {
    if from == 0 {
        let first = cursor::ActiveModel {
            name: Set(NAME.to_owned()),
            value: Set(0),
        };
        cursor::Entity::insert(first)
            .on_conflict(OnConflict::new().do_nothing().to_owned())
            .exec_without_returning(tx)
            .await?;
    }
    let moved = cursor::Entity::update_many()
        .col_expr(cursor::Column::Value, Expr::value(to))
        .filter(cursor::COLUMN.name.eq(NAME))
        .filter(cursor::COLUMN.value.eq(from))
        .exec(tx)
        .await?;
    Ok(moved.rows_affected == 1)
}
