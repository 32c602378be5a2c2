//! The limiter that several nodes share, in Redis.

use std::time::Duration;

use entity::Timestamp;
use redis::{RedisResult, Script, aio::ConnectionManager};
use secrecy::{ExposeSecret, SecretString};

use super::{Limiter, LocalLimiter};
use crate::ports::patience::Patience;

/// One window in a hash, on the callers' clock. Answers 0 for a hit that passes, otherwise the milliseconds to wait.
/// Redis removes the hash when the window is over.
const HIT: &str = r"
local limit, window, now = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3])
local opened_at = tonumber(redis.call('HGET', KEYS[1], 'opened_at'))
if not opened_at or opened_at + window <= now then
    redis.call('HSET', KEYS[1], 'opened_at', ARGV[3], 'hits', 1)
    redis.call('PEXPIRE', KEYS[1], window)
    return 0
end
if tonumber(redis.call('HGET', KEYS[1], 'hits')) < limit then
    redis.call('HINCRBY', KEYS[1], 'hits', 1)
    return 0
end
return opened_at + window - now
";

/// Which Redis, and what its keys begin with.
#[derive(Debug, Clone)]
pub struct RedisLimiterSettings {
    /// `redis://` or `rediss://` (TLS), with user and password if need be.
    pub url: SecretString,
    /// Put before every key, so that several programs can share one Redis.
    pub prefix: String,
}

/// Counts for all nodes together. While Redis is away every node counts for itself.
pub struct RedisLimiter {
    redis: ConnectionManager,
    patience: Patience,
    script: Script,
    prefix: String,
    local: LocalLimiter,
}

impl RedisLimiter {
    /// Fails only if the settings are wrong, not if Redis is away: it is called with the first hit. Belongs into a
    /// Tokio runtime.
    pub fn open(settings: &RedisLimiterSettings) -> RedisResult<Self> {
        Ok(Self {
            redis: Patience::connect(settings.url.expose_secret())?,
            patience: Patience::new("the limiter", "every node counts for itself"),
            script: Script::new(HIT),
            prefix: settings.prefix.clone(),
            local: LocalLimiter::default(),
        })
    }
}

#[async_trait::async_trait]
impl Limiter for RedisLimiter {
    async fn hit(&self, key: &str, limit: u32, window: Duration, now: Timestamp) -> Result<(), Duration> {
        if limit == 0 {
            return Err(window);
        }
        let mut redis = self.redis.clone();
        let mut invocation = self.script.key(format!("{}{key}", self.prefix));
        invocation.arg(limit).arg(window.as_millis().max(1) as u64).arg(now.0);
        let question = invocation.invoke_async::<u64>(&mut redis);
        match self.patience.ask(question).await {
            Some(0) => Ok(()),
            Some(millis) => Err(Duration::from_millis(millis)),
            None => self.local.hit(key, limit, window, now).await,
        }
    }

    async fn reset(&self, key: &str) {
        let mut redis = self.redis.clone();
        let command = redis::Cmd::del(format!("{}{key}", self.prefix));
        self.patience.ask(command.exec_async(&mut redis)).await;
        self.local.reset(key).await;
    }
}
