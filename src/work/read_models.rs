//! Keeps this node's read models up to date, so that readers find current data and subscribers learn of changes.

use std::{sync::Arc, time::Duration};

use tokio_util::sync::CancellationToken;

use super::ringer::next_log_bell;
use crate::deps::{Deps, Follower};

/// Maximum delay of news when the bus is broken.
const POLL: Duration = Duration::from_secs(1);

/// Runs until shutdown.
pub async fn run(deps: Deps, model: Arc<dyn Follower>, shutdown: CancellationToken) {
    let mut bus = deps.bus.listen();
    loop {
        if let Err(error) = model.catch_up(&deps).await {
            tracing::warn!(error = ?error, model = model.name(), "a read model could not follow the log; trying again");
        }
        if let Err(error) = model.renew(&deps).await {
            tracing::warn!(error = ?error, model = model.name(), "a read model could not be laid out anew; trying again");
        }
        tokio::select! {
            () = shutdown.cancelled() => return,
            () = tokio::time::sleep(POLL) => {}
            () = next_log_bell(&mut bus) => {}
        }
    }
}
