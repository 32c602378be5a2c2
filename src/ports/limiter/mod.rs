//! Rate limits.

mod local;
mod redis;

pub use local::LocalLimiter;
pub use redis::RedisLimiter;

use std::time::Duration;

use entity::Timestamp;

/// What is left of a window after a hit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Left {
    /// Hits that will still pass.
    pub hits: u32,
    /// When the window closes, and all pass again.
    pub closes_in: Duration,
}

/// Counts hits in fixed windows.
///
/// A window opens with the first hit of a key and closes when its time is up. The first `limit` hits in it pass; the
/// others are refused, are not counted, and do not extend it. So nobody is locked out for more than one window.
#[async_trait::async_trait]
pub trait Limiter: Send + Sync {
    /// Counts one hit, or refuses it and returns the time until the next one passes. Every call for a key must use the
    /// same limit and window.
    async fn hit(&self, key: &str, limit: u32, window: Duration, now: Timestamp) -> Result<Left, Duration>;

    /// Resets the count of a key, for example after a success.
    async fn reset(&self, key: &str);
}
