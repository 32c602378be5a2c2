//! Checks every minute whether the digest of a daily search is due.

use std::time::Duration;

use tokio_util::sync::CancellationToken;

use crate::{deps::Deps, domain::notifications};

const EVERY: Duration = Duration::from_secs(60);

/// Runs until shutdown. Every node runs one; each digest is sent by one of them.
pub async fn run(deps: Deps, shutdown: CancellationToken) {
    loop {
        if let Err(error) = notifications::send_digests(&deps).await {
            tracing::warn!(error = ?error, "digests could not be looked for; trying again in a minute");
        }
        tokio::select! {
            () = shutdown.cancelled() => return,
            () = tokio::time::sleep(EVERY) => {}
        }
    }
}
