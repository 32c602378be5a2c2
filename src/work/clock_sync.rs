//! Keeps the clock of this node with that of the database.

use std::time::Duration;

use tokio_util::sync::CancellationToken;

use crate::deps::{Deps, synchronize_clock};

/// A lease lasts three times as long, so a clock that somebody moves is noticed before it does harm.
const EVERY: Duration = Duration::from_secs(5);

/// Runs until shutdown. Whoever starts this has compared the clocks once before.
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
