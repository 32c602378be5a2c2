//! How long a person waits for Redis, and how often it is asked while it is away.

use std::{
    future::Future,
    sync::{Mutex, PoisonError},
    time::Duration,
};

use redis::{
    Client, RedisResult,
    aio::{ConnectionManager, ConnectionManagerConfig},
};
use tokio::time::{Instant, timeout};

/// A person waits for the answer, so Redis has no more time than this.
const PATIENCE: Duration = Duration::from_millis(500);
/// After a failure Redis is left alone for so long; then one question tries again while the others go on without.
const PAUSE: Duration = Duration::from_secs(2);

/// Remembers whether Redis is away, and says so once in the log.
pub(super) struct Patience {
    who: &'static str,
    otherwise: &'static str,
    /// Set while Redis is away: when it may be asked again.
    ask_again_at: Mutex<Option<Instant>>,
}

impl Patience {
    /// Of whom, and what happens while Redis is away; both for the log.
    pub fn new(who: &'static str, otherwise: &'static str) -> Self {
        Self {
            who,
            otherwise,
            ask_again_at: Mutex::new(None),
        }
    }

    /// A connection that is made with the first question and again when it is lost. Fails only if the address is wrong.
    pub fn connect(url: &str) -> RedisResult<ConnectionManager> {
        let config = ConnectionManagerConfig::new()
            .set_connection_timeout(Some(PATIENCE))
            .set_response_timeout(Some(PATIENCE))
            .set_number_of_retries(1);
        ConnectionManager::new_lazy_with_config(Client::open(url)?, config)
    }

    /// The answer of Redis, or none if it is away.
    pub async fn ask<T>(&self, question: impl Future<Output = RedisResult<T>>) -> Option<T> {
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
            tracing::info!("{} has Redis back", self.who);
        }
    }

    fn is_away(&self, error: &str) {
        if self.remember(Some(Instant::now() + PAUSE)).is_none() {
            tracing::warn!(%error, "{} has lost Redis: {}, until it is back", self.who, self.otherwise);
        }
    }

    fn remember(&self, ask_again_at: Option<Instant>) -> Option<Instant> {
        let mut remembered = self.ask_again_at.lock().unwrap_or_else(PoisonError::into_inner);
        std::mem::replace(&mut remembered, ask_again_at)
    }
}
