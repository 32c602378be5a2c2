//! Waiting without sleeping for too long or too short.

use std::time::Duration;

use tokio::time::{Instant, sleep};

/// How long anything that works may take on a busy machine.
pub const LIMIT: Duration = Duration::from_secs(20);

/// Looks again and again until the condition holds; fails the test when the limit is over.
pub async fn until(limit: Duration, what: &str, mut condition: impl AsyncFnMut() -> bool) {
    let end = Instant::now() + limit;
    while !condition().await {
        assert!(Instant::now() < end, "not within {limit:?}: {what}");
        sleep(Duration::from_millis(5)).await;
    }
}
