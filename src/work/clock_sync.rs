//! Keeps the clock of this node in sync with the database's clock.

use std::time::Duration;

use tokio_util::sync::CancellationToken;

use crate::deps::{Deps, synchronize_clock};

/// A third of a lease, so that a changed clock is noticed before it does harm.
const EVERY: Duration = Duration::from_secs(5);

/// Runs until shutdown. The caller has already compared the clocks once.
pub async fn run(deps: Deps, shutdown: CancellationToken) {
    loop {
        tokio::select! {
            () = shutdown.cancelled() => return,
            () = tokio::time::sleep(EVERY) => {}
        }
        if let Err(error) = synchronize_clock(&deps).await {
            tracing::debug!(error = ?error, "the clock could not be compared with the database's");
        }
    }
}
