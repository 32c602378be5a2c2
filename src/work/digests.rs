//! Checks every minute whether a digest is due: of a daily search, of weak matches, or of adoptions to ask about.

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
        if let Err(error) = notifications::send_match_digests(&deps).await {
            tracing::warn!(error = ?error, "digests of matches could not be looked for; trying again in a minute");
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
