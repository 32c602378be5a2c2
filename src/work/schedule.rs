//! Checks every minute what is due: digests of daily searches and of weak matches, adoptions to ask about, and runs of
//! connectors.

use std::time::Duration;

use tokio_util::sync::CancellationToken;

use crate::{
    deps::Deps,
    domain::{connectors, notifications},
};

const EVERY: Duration = Duration::from_secs(60);

/// Runs until shutdown. Every node runs one; each digest is sent by one of them, and each run is begun by one.
pub async fn run(deps: Deps, shutdown: CancellationToken) {
    loop {
        if let Err(error) = notifications::send_digests(&deps).await {
            tracing::warn!(error = ?error, "digests could not be looked for; trying again in a minute");
        }
        if let Err(error) = notifications::send_match_digests(&deps).await {
            tracing::warn!(error = ?error, "digests of matches could not be looked for; trying again in a minute");
        }
        if let Err(error) = connectors::queue_due_runs(&deps).await {
            tracing::warn!(error = ?error, "due connectors could not be looked for; trying again in a minute");
        }
        if let Err(error) = notifications::ask_about_adoptions(&deps).await {
            tracing::warn!(error = ?error, "adoptions could not be looked for; trying again in a minute");
        }
        tokio::select! {
            () = shutdown.cancelled() => return,
            () = tokio::time::sleep(EVERY) => {}
        }
    }
}
