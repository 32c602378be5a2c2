//! Keeps this node's index of photos up to date beside the requests, so that a search finds little left to read.

use std::time::Duration;

use tokio_util::sync::CancellationToken;

use super::{job::Job, queue, ringer::next_log_bell};
use crate::{deps::Deps, domain::pets::lookalikes, kernel::Result};

/// How long news may go unnoticed when the bus is broken.
const POLL: Duration = Duration::from_secs(1);

/// Runs until shutdown.
pub async fn run(deps: Deps, shutdown: CancellationToken) {
    let mut bus = deps.bus.listen();
    loop {
        tokio::select! {
            () = shutdown.cancelled() => return,
            caught_up = lookalikes::catch_up(&deps) => if let Err(error) = caught_up {
                tracing::warn!(error = ?error, "the index of photos could not be brought up to date; trying again");
            },
        }
        tokio::select! {
            () = shutdown.cancelled() => return,
            () = tokio::time::sleep(POLL) => {}
            () = next_log_bell(&mut bus) => {}
        }
    }
}

/// Lets a model that was configured anew look at the photos that are there; nothing to do for one that has.
pub async fn learn_with_the_model(deps: &Deps) -> Result<()> {
    let Some(model) = &deps.vision.embedding else {
        return Ok(());
    };
    let key = format!("learn_all_photos:{}", model.fingerprint());
    deps.write(async |tx| queue::enqueue(deps, tx, &Job::LearnAllPhotos, &key).await)
        .await
}
