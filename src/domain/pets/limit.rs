//! How often somebody may do something with reports.

use std::time::Duration;

use crate::{
    deps::Deps,
    kernel::{Error, Result, Viewer},
};

/// A number of times within a window.
#[derive(Debug, Clone, Copy)]
pub(super) struct Limit {
    /// Name in the counter's key.
    pub action: &'static str,
    /// How many.
    pub most: u32,
    /// In what time.
    pub window: Duration,
    /// The limit in words.
    pub what: &'static str,
}

/// Counts once more for the viewer, or refuses.
pub(super) async fn check(deps: &Deps, viewer: &Viewer, limit: Limit) -> Result<()> {
    check_as(deps, &viewer.actor(), limit).await
}

/// Counts once more for somebody, or refuses.
pub(super) async fn check_as(deps: &Deps, who: &str, limit: Limit) -> Result<()> {
    let key = format!("{}:{who}", limit.action);
    let hit = deps.limiter.hit(&key, limit.most, limit.window, deps.clock.now());
    hit.await.map_err(|after| Error::RateLimited {
        what: limit.what.into(),
        after,
    })
}
