//! Asks the service for the places on the agenda, one after the other, at the rate that is allowed.
//!
//! These are not jobs of the queue: there they would hold its workers, who can do many things a second, for a service that
//! can be asked once a second, and would be buried after a day.

use std::time::Duration;

use tokio_util::sync::CancellationToken;

use super::ringer::next_log_bell;
use crate::{
    deps::Deps,
    domain::{
        pets::{Step, resolve_next_place},
        places::is_online,
    },
};

/// How long something new on the agenda may go unnoticed.
const POLL: Duration = Duration::from_secs(2);
/// The shortest wait for a turn.
const SHORTEST: Duration = Duration::from_millis(50);

/// Runs until shutdown; ends at once where there is no service. Every node runs one; they take turns.
pub async fn run(deps: Deps, shutdown: CancellationToken) {
    if !is_online(&deps) {
        return;
    }
    let mut bus = deps.bus.listen();
    loop {
        let step = tokio::select! {
            () = shutdown.cancelled() => return,
            step = resolve_next_place(&deps) => step,
        };
        let (pause, hears_news) = match step {
            Ok(Step::Worked) => continue,
            Ok(Step::Idle) => (POLL, true),
            Ok(Step::NotBefore(then)) => (then.since(deps.clock.now()).max(SHORTEST), false),
            Err(error) => {
                tracing::warn!(error = ?error, "the agenda of places could not be worked on; trying again");
                (POLL, false)
            }
        };
        tokio::select! {
            () = shutdown.cancelled() => return,
            () = tokio::time::sleep(pause) => {}
            () = next_log_bell(&mut bus), if hears_news => {}
        }
    }
}
