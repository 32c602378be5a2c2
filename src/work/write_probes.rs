//! Detects when a database that refused a write accepts writes again.

use std::time::Duration;

use tokio_util::sync::CancellationToken;

use crate::deps::{Deps, try_to_write};

const EVERY: Duration = Duration::from_secs(1);

/// Runs until shutdown.
pub async fn run(deps: Deps, shutdown: CancellationToken) {
    loop {
        tokio::select! {
            () = shutdown.cancelled() => return,
            () = deps.db.writability().lost() => {}
        }
        while try_to_write(&deps).await.is_err() {
            tokio::select! {
                () = shutdown.cancelled() => return,
                () = tokio::time::sleep(EVERY) => {}
            }
        }
        tracing::info!("the database takes writes again");
    }
}
