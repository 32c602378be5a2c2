//! Workers: lease a job, do it, say how it went.

use std::time::Duration;

use entity::job;
use tokio_util::sync::CancellationToken;

use super::{job::Job, queue};
use crate::{
    deps::Deps,
    kernel::{Error, Result},
};

/// How long a due job may go unnoticed.
const POLL: Duration = Duration::from_secs(1);

/// Runs until shutdown; a job that is under way then keeps its lease and is taken over by the next start.
pub async fn run(deps: Deps, shutdown: CancellationToken) {
    loop {
        let woken = queue::due().notified();
        tokio::pin!(woken);
        // Registered before the look, so that a wake between look and wait is not lost.
        woken.as_mut().enable();
        let worked = tokio::select! {
            () = shutdown.cancelled() => return,
            worked = step(&deps) => worked,
        };
        match worked {
            Ok(true) => continue,
            Ok(false) => {}
            Err(error) => tracing::warn!(error = ?error, "the queue could not be read; trying again"),
        }
        tokio::select! {
            () = shutdown.cancelled() => return,
            () = woken => {}
            () = tokio::time::sleep(POLL) => {}
        }
    }
}

/// Does the next job that is due, if there is one; says whether there was.
pub async fn step(deps: &Deps) -> Result<bool> {
    let Some(row) = queue::lease(deps).await? else {
        return Ok(false);
    };
    match perform(deps, &row).await {
        // What it was about is gone or was decided otherwise meanwhile: there is nothing left to do.
        Ok(()) | Err(Error::NotFound(_)) => queue::finish(deps, row.id).await?,
        Err(error) => queue::fail(deps, &row, &error).await?,
    }
    Ok(true)
}

async fn perform(deps: &Deps, row: &job::Model) -> Result<()> {
    let job: Job = serde_json::from_str(&row.payload)?;
    let work = job.perform(deps);
    tokio::pin!(work);
    loop {
        tokio::select! {
            done = &mut work => return done,
            () = tokio::time::sleep(queue::LEASE / 3) => queue::renew(deps, row.id).await?,
        }
    }
}
