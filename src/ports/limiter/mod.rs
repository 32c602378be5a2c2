//! How often somebody may do something.

mod local;
mod redis;

pub use local::LocalLimiter;
pub use redis::RedisLimiter;

use std::time::Duration;

use entity::Timestamp;

/// Counts hits in fixed windows.
///
/// A window opens with the first hit of a key and closes when its time is over. The first `limit` hits in it pass; the
/// others are refused, are not counted, and do not make it longer. So nobody is locked out for more than one window.
#[async_trait::async_trait]
pub trait Limiter: Send + Sync {
    /// Counts one hit, or refuses it and says after what time the next one passes. Whoever uses a key always uses it
    /// with the same limit and window.
    async fn hit(&self, key: &str, limit: u32, window: Duration, now: Timestamp) -> Result<(), Duration>;

    /// Forgets the hits of a key, after a success for example.
    async fn reset(&self, key: &str);
}
