//! The limiter that several nodes share, in Redis.

use std::{
    sync::{Mutex, PoisonError},
    time::Duration,
};

use entity::Timestamp;
use redis::{
    Client, RedisResult, Script,
    aio::{ConnectionManager, ConnectionManagerConfig},
};
use secrecy::{ExposeSecret, SecretString};
use tokio::time::{Instant, timeout};

use super::{Limiter, LocalLimiter};

/// A person waits for the answer, so Redis has no more time than this.
const PATIENCE: Duration = Duration::from_millis(500);
/// After a failure Redis is left alone for so long; then one hit tries again while the others go on without.
const PAUSE: Duration = Duration::from_secs(2);

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
    script: Script,
    prefix: String,
    local: LocalLimiter,
    /// Set while Redis is away: when it may be asked again.
    ask_again_at: Mutex<Option<Instant>>,
}

impl RedisLimiter {
    /// Fails only if the settings are wrong, not if Redis is away: it is called with the first hit. Belongs into a
    /// Tokio runtime.
    pub fn open(settings: &RedisLimiterSettings) -> RedisResult<Self> {
        let config = ConnectionManagerConfig::new()
            .set_connection_timeout(Some(PATIENCE))
            .set_response_timeout(Some(PATIENCE))
            .set_number_of_retries(1);
        let client = Client::open(settings.url.expose_secret())?;
        Ok(Self {
            redis: ConnectionManager::new_lazy_with_config(client, config)?,
            script: Script::new(HIT),
            prefix: settings.prefix.clone(),
            local: LocalLimiter::default(),
            ask_again_at: Mutex::new(None),
        })
    }

    /// The answer of Redis, or none if it is away.
    async fn ask<T>(&self, question: impl Future<Output = RedisResult<T>>) -> Option<T> {
        if self.is_left_alone() {
            return None;
        }
        match timeout(PATIENCE, question).await {
            Ok(Ok(answer)) => {
                self.is_here();
                Some(answer)
            }
            Ok(Err(error)) => {
                self.is_away(&error.to_string());
                None
            }
            Err(_) => {
                self.is_away("no answer in time");
                None
            }
        }
    }

    /// Whether it failed a moment ago. Whoever finds the pause over is the one who tries.
    fn is_left_alone(&self) -> bool {
        let mut ask_again_at = self.ask_again_at.lock().unwrap_or_else(PoisonError::into_inner);
        match *ask_again_at {
            None => false,
            Some(instant) if Instant::now() < instant => true,
            Some(_) => {
                *ask_again_at = Some(Instant::now() + PAUSE);
                false
            }
        }
    }

    fn is_here(&self) {
        if self.remember(None).is_some() {
            tracing::info!("the limiter has Redis back");
        }
    }

    fn is_away(&self, error: &str) {
        if self.remember(Some(Instant::now() + PAUSE)).is_none() {
            tracing::warn!(%error, "the limiter has lost Redis: every node counts for itself, until it is back");
        }
    }

    fn remember(&self, ask_again_at: Option<Instant>) -> Option<Instant> {
        let mut remembered = self.ask_again_at.lock().unwrap_or_else(PoisonError::into_inner);
        std::mem::replace(&mut remembered, ask_again_at)
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
        match self.ask(question).await {
            Some(0) => Ok(()),
            Some(millis) => Err(Duration::from_millis(millis)),
            None => self.local.hit(key, limit, window, now).await,
        }
    }

    async fn reset(&self, key: &str) {
        let mut redis = self.redis.clone();
        let command = redis::Cmd::del(format!("{}{key}", self.prefix));
        self.ask(command.exec_async(&mut redis)).await;
        self.local.reset(key).await;
    }
}
