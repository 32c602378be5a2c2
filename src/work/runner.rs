//! Workers: each leases a job, runs it and records the outcome.

use std::{convert::Infallible, time::Duration};

use entity::{id::JobId, job, vocabulary::Lane};
use sea_orm::Iterable;
use tokio_util::sync::CancellationToken;

use super::{job::Performed, jobs, queue};
use crate::{
    deps::Deps,
    kernel::{Outcome, Result, shutdown::Shutdown},
};

/// How long a due job may go unnoticed.
const POLL: Duration = Duration::from_secs(1);
/// Minimum pause before a job that is nearly due.
const SHORTEST: Duration = Duration::from_millis(50);

/// Runs the jobs of one lane until shutdown, then finishes the current job. If that takes too long, the job is handed
/// back.
pub async fn run(deps: Deps, lane: Lane, shutdown: Shutdown) {
    let mut done = Vec::new();
    while !shutdown.drain.is_cancelled() {
        let woken = queue::due().notified();
        tokio::pin!(woken);
        // Registered before the look, so that a wake between look and wait is not lost.
        woken.as_mut().enable();
        let pause = match work(&deps, lane, &mut done, &shutdown.abort).await {
            Ok(None) => continue,
            Ok(Some(pause)) => pause,
            Err(error) => {
                tracing::warn!(error = ?error, "the queue could not be read; trying again");
                POLL
            }
        };
        tokio::select! {
            () = shutdown.drain.cancelled() => break,
            () = woken => {}
            () = tokio::time::sleep(pause) => {}
        }
    }
    if let Err(error) = queue::finish(&deps, &done).await {
        tracing::warn!(error = ?error, "jobs that are done could not be struck off; they are done again");
    }
}

/// The pause until the next look at a lane, or none if a job is due. Limited, because another node may queue a job at
/// any time.
async fn pause(deps: &Deps, lane: Lane) -> Result<Option<Duration>> {
    let now = deps.clock.now();
    Ok(match queue::next_due(deps, lane).await? {
        Some(due) if due <= now => None,
        Some(due) => Some(due.since(now).clamp(SHORTEST, POLL)),
        None => Some(POLL),
    })
}

/// Runs the next due job of any lane, together with those merged into it. Returns whether there was one.
pub async fn step(deps: &Deps) -> Result<bool> {
    for lane in Lane::iter() {
        let mut done = Vec::new();
        let pause = work(deps, lane, &mut done, &CancellationToken::new()).await?;
        queue::finish(deps, &done).await?;
        if pause.is_none() {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Deletes the jobs in `done`, runs the next one and then puts it into `done`. If `over` is cancelled first, the job is
/// handed back. Leasing and settling are never interrupted: a lease that no worker knows about would block the job
/// until it expires. If nothing was due, returns the pause until the next look.
async fn work(deps: &Deps, lane: Lane, done: &mut Vec<JobId>, over: &CancellationToken) -> Result<Option<Duration>> {
    let work_deps = match lane {
        Lane::Bulk | Lane::Fetch => deps.in_background(),
        Lane::Interactive | Lane::Delivery => deps.clone(),
    };
    if done.is_empty()
        && let Some(pause) = pause(deps, lane).await?
    {
        return Ok(Some(pause));
    }
    let _waiting = (lane == Lane::Interactive).then(|| deps.foreground.enter());
    let rows = queue::finish_and_lease(deps, lane, done).await?;
    done.clear();
    if rows.is_empty() {
        // Nothing is left, or another worker was faster.
        return Ok(Some(SHORTEST));
    }
    let mut performed = tokio::select! {
        biased;
        performed = perform(&work_deps, &rows) => performed,
        () = over.cancelled() => {
            for row in &rows {
                tracing::info!(job.id = %row.id, job.kind = row.kind, "a job was handed back");
                queue::hand_back(deps, row).await?;
            }
            return Ok(None);
        }
    };
    // Finished jobs first: they need no write now, and must not run again because another outcome could not be
    // recorded.
    performed.sort_by_key(|(_, outcome)| !matches!(outcome, Outcome::Done | Outcome::Gone(_)));
    for (row, outcome) in &performed {
        if queue::settle(deps, row, outcome).await? {
            done.push(row.id);
        }
    }
    Ok(None)
}

/// Runs jobs of one kind.
async fn perform(deps: &Deps, rows: &[job::Model]) -> Vec<Performed> {
    let Some(first) = rows.first() else {
        return Vec::new();
    };
    let Some(kind) = jobs::kind(&first.kind) else {
        let unknown = Outcome::Discard(format!("this version knows no kind of job \"{}\"", first.kind));
        return rows.iter().map(|row| (row.clone(), unknown.clone())).collect();
    };
    let renew = || async {
        if let Err(error) = queue::renew(deps, rows).await {
            // The next time may be in time; if not, the job is done twice, which every job bears.
            tracing::warn!(job.id = %first.id, error = ?error, "a lease could not be renewed; trying again");
        }
    };
    leased(kind.perform(deps, rows), queue::LEASE / 3, renew).await
}

/// Works, and renews the lease every now and then. Both go on at the same time: work that holds the one writer of SQLite
/// would otherwise stand still while the renewal waits for that writer.
async fn leased<T, F>(work: impl Future<Output = T>, every: Duration, renew: impl Fn() -> F) -> T
where
    F: Future<Output = ()>,
{
    tokio::select! {
        done = work => done,
        never = renew_for_ever(every, renew) => match never {},
    }
}

async fn renew_for_ever<F: Future<Output = ()>>(every: Duration, renew: impl Fn() -> F) -> Infallible {
    loop {
        tokio::time::sleep(every).await;
        renew().await;
    }
}

#[cfg(test)]
mod tests {
    use tokio::sync::{Mutex, Notify};

    use super::*;

    #[tokio::test]
    async fn work_goes_on_while_its_renewal_waits_for_what_the_work_holds() {
        let (writer, asked) = (Mutex::new(()), Notify::new());
        let work = async {
            let held = writer.lock().await;
            asked.notified().await;
            drop(held);
        };
        let renew = || async {
            asked.notify_one();
            drop(writer.lock().await);
        };
        let done = leased(work, Duration::from_millis(1), renew);
        tokio::time::timeout(Duration::from_secs(10), done)
            .await
            .expect("both wait for each other");
    }
}
