//! Workers: lease a job, do it, say how it went.

use std::{convert::Infallible, panic::AssertUnwindSafe, time::Duration};

use entity::{id::JobId, job, vocabulary::Lane};
use futures_util::FutureExt;
use sea_orm::Iterable;
use tokio_util::sync::CancellationToken;

use super::{job::Job, queue};
use crate::{
    deps::Deps,
    kernel::{Error, Result, shutdown::Shutdown},
};

/// How long a due job may go unnoticed.
const POLL: Duration = Duration::from_secs(1);

/// Works on one lane until it is to stop, and then finishes the job under way; when the time for that is over, hands it back.
pub async fn run(deps: Deps, lane: Lane, shutdown: Shutdown) {
    let mut done = Vec::new();
    while !shutdown.drain.is_cancelled() {
        let woken = queue::due().notified();
        tokio::pin!(woken);
        // Registered before the look, so that a wake between look and wait is not lost.
        woken.as_mut().enable();
        match work(&deps, lane, &mut done, &shutdown.abort).await {
            Ok(true) => continue,
            Ok(false) => {}
            Err(error) => tracing::warn!(error = ?error, "the queue could not be read; trying again"),
        }
        tokio::select! {
            () = shutdown.drain.cancelled() => break,
            () = woken => {}
            () = tokio::time::sleep(POLL) => {}
        }
    }
    if let Err(error) = queue::finish(&deps, &done).await {
        tracing::warn!(error = ?error, "jobs that are done could not be struck off; they are done again");
    }
}

/// Does the next job of any lane that is due, with those that are done together with it; says whether there was one.
pub async fn step(deps: &Deps) -> Result<bool> {
    for lane in Lane::iter() {
        let mut done = Vec::new();
        let worked = work(deps, lane, &mut done, &CancellationToken::new()).await?;
        queue::finish(deps, &done).await?;
        if worked {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Strikes off what is `done` and does what comes next, which is done then; it is handed back if that is not so when `over`
/// is cancelled. Neither the taking nor the end of a job is broken off: a lease that nobody knows of would keep everybody
/// from the job until it ends.
async fn work(deps: &Deps, lane: Lane, done: &mut Vec<JobId>, over: &CancellationToken) -> Result<bool> {
    let _waiting = (lane == Lane::Interactive).then(|| deps.foreground.enter());
    let work_deps = match lane {
        Lane::Bulk => deps.in_background(),
        Lane::Interactive | Lane::Delivery => deps.clone(),
    };
    let rows = queue::finish_and_lease(deps, lane, done).await?;
    done.clear();
    if rows.is_empty() {
        return Ok(false);
    }
    let performed = tokio::select! {
        biased;
        performed = perform(&work_deps, &rows) => performed,
        () = over.cancelled() => {
            for row in &rows {
                tracing::info!(job.id = %row.id, job.kind = row.kind, "a job was handed back");
                queue::hand_back(deps, row).await?;
            }
            return Ok(true);
        }
    };
    match performed {
        Ok(()) => done.extend(rows.iter().map(|row| row.id)),
        Err(error) => {
            for row in &rows {
                queue::fail(deps, row, &error).await?;
            }
        }
    }
    Ok(true)
}

/// Does jobs of one kind, joined as far as can be.
async fn perform(deps: &Deps, rows: &[job::Model]) -> Result<()> {
    let Some(first) = rows.first() else {
        return Ok(());
    };
    let jobs: Result<Vec<Job>, _> = rows.iter().map(|row| serde_json::from_str(&row.payload)).collect();
    let jobs = Job::join(jobs?);
    let renew = || async {
        if let Err(error) = queue::renew(deps, rows).await {
            // The next time may be in time; if not, the job is done twice, which every job bears.
            tracing::warn!(job.id = %first.id, error = ?error, "a lease could not be renewed; trying again");
        }
    };
    // The future of all jobs together is large; on the heap it is moved for nothing.
    let work = Box::pin(async {
        for job in jobs {
            match job.perform(deps, first.id).await {
                // What it was about is gone or was decided otherwise meanwhile: there is nothing left to do of it, but of
                // the others there is.
                Ok(()) | Err(Error::NotFound(_)) => {}
                Err(error) => return Err(error),
            }
        }
        Ok(())
    });
    leased(unbroken(work), queue::LEASE / 3, renew).await
}

/// A job that panics has failed like any other; its worker goes on.
async fn unbroken(work: impl Future<Output = Result<()>>) -> Result<()> {
    let done = AssertUnwindSafe(work).catch_unwind().await;
    done.unwrap_or_else(|_| Err(Error::broken("the job panicked")))
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
    async fn a_job_that_panics_has_failed_and_its_worker_goes_on() {
        let failed = unbroken(async { panic!("a fault of ours") }).await;
        assert!(matches!(failed, Err(Error::Internal(_))), "{failed:?}");
    }

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
