//! What is between nodes: nothing, or a Redis that several servers of one test share.

use std::sync::Arc;

use finding_sweetie::ports::{
    bus::{Bus, LocalBus, RedisBus, RedisBusSettings},
    limiter::{Limiter, LocalLimiter, RedisLimiter, RedisLimiterSettings},
    presence::{LocalPresence, Presence, RedisPresence, RedisPresenceSettings},
};

use super::database::variable;

/// The adapters between nodes.
pub struct Between {
    pub bus: Arc<dyn Bus>,
    pub limiter: Arc<dyn Limiter>,
    pub presence: Arc<dyn Presence>,
}

impl Between {
    /// Of a server that is alone.
    pub fn local() -> Self {
        Self {
            bus: Arc::new(LocalBus::default()),
            limiter: Arc::new(LocalLimiter::default()),
            presence: Arc::new(LocalPresence::default()),
        }
    }

    /// Of one of several servers; those with the same name hear each other.
    pub fn redis(name: &str) -> Self {
        let bus = RedisBusSettings {
            url: redis_url().into(),
            channel: format!("test:{name}:bells"),
        };
        let (bus, link) = RedisBus::open(&bus).unwrap();
        tokio::spawn(link);
        let limiter = RedisLimiterSettings {
            url: redis_url().into(),
            prefix: format!("test:{name}:limit:"),
        };
        let presence = RedisPresenceSettings {
            url: redis_url().into(),
            prefix: format!("{{test:{name}:presence}}:"),
        };
        Self {
            bus: Arc::new(bus),
            limiter: Arc::new(RedisLimiter::open(&limiter).unwrap()),
            presence: Arc::new(RedisPresence::open(&presence).unwrap()),
        }
    }
}

/// The Redis of the suite.
pub fn redis_url() -> String {
    variable("SWEETIE_TEST_REDIS_URL")
        .expect("SWEETIE_TEST_REDIS_URL is missing: `scripts/test-services.sh up DIR` starts a Redis and prints it")
}
