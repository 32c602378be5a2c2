//! The limiter that several nodes share, in Redis.

use std::time::Duration;

use entity::Timestamp;
use redis::Script;

use super::{Left, Limiter, LocalLimiter};
use crate::ports::redis::Redis;

/// One window in a hash, by the callers' clock. Returns how many hits will still pass, or -1 for one that does not pass, and
/// the milliseconds until the window closes. Redis removes the hash then.
const HIT: &str = r"
local limit, window, now = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3])
local opened_at = tonumber(redis.call('HGET', KEYS[1], 'opened_at'))
if not opened_at or opened_at + window <= now then
    redis.call('HSET', KEYS[1], 'opened_at', ARGV[3], 'hits', 1)
    redis.call('PEXPIRE', KEYS[1], window)
    return {limit - 1, window}
end
if tonumber(redis.call('HGET', KEYS[1], 'hits')) < limit then
    return {limit - redis.call('HINCRBY', KEYS[1], 'hits', 1), opened_at + window - now}
end
return {-1, opened_at + window - now}
";

/// Counts for all nodes together. While Redis is down, every node counts for itself.
pub struct RedisLimiter {
    redis: Redis,
    script: Script,
    prefix: String,
    local: LocalLimiter,
}

impl RedisLimiter {
    /// Keys start with `prefix`, so that several programs can share one Redis. In a cluster, each key has its own slot
    /// unless the prefix says otherwise.
    pub fn new(redis: &Redis, prefix: &str) -> Self {
        Self {
            redis: redis.clone(),
            script: Script::new(HIT),
            prefix: prefix.to_owned(),
            local: LocalLimiter::default(),
        }
    }
}

#[async_trait::async_trait]
impl Limiter for RedisLimiter {
    async fn hit(&self, key: &str, limit: u32, window: Duration, now: Timestamp) -> Result<Left, Duration> {
        if limit == 0 {
            return Err(window);
        }
        let mut invocation = self.script.key(format!("{}{key}", self.prefix));
        invocation.arg(limit).arg(window.as_millis().max(1) as u64).arg(now.0);
        let question = |mut redis| async move { invocation.invoke_async::<(i64, u64)>(&mut redis).await };
        match self.redis.ask(question).await {
            Some((hits, millis)) => {
                let closes_in = Duration::from_millis(millis);
                let hits = u32::try_from(hits).map_err(|_| closes_in)?;
                Ok(Left { hits, closes_in })
            }
            None => self.local.hit(key, limit, window, now).await,
        }
    }

    async fn reset(&self, key: &str) {
        let command = redis::Cmd::del(format!("{}{key}", self.prefix));
        let question = |mut redis| async move { command.exec_async(&mut redis).await };
        self.redis.ask(question).await;
        self.local.reset(key).await;
    }
}
