//! Waiting for a condition without fixed sleeps.

use std::time::Duration;

use tokio::time::{Instant, sleep};

/// Time for anything that works, even on a busy machine.
pub const LIMIT: Duration = Duration::from_secs(20);

/// Checks the condition repeatedly until it holds; fails the test after `limit`.
pub async fn until(limit: Duration, what: &str, mut condition: impl AsyncFnMut() -> bool) {
    let end = Instant::now() + limit;
    while !condition().await {
        assert!(Instant::now() < end, "not within {limit:?}: {what}");
        sleep(Duration::from_millis(5)).await;
    }
}
