//! Connections between nodes: none, or a Redis that several servers of a test share.

use std::sync::Arc;

use finding_sweetie::ports::{
    bus::{Bus, LocalBus, RedisBus},
    limiter::{Limiter, LocalLimiter, RedisLimiter},
    persisted_documents::{LocalDocuments, PersistedDocuments, RedisDocuments},
    presence::{LocalPresence, Presence, RedisPresence},
    redis::{Redis, RedisAddress},
};

use super::database::variable;

/// The adapters that connect nodes.
pub struct Between {
    pub bus: Arc<dyn Bus>,
    pub limiter: Arc<dyn Limiter>,
    pub presence: Arc<dyn Presence>,
    pub persisted_documents: Arc<dyn PersistedDocuments>,
}

impl Between {
    /// Adapters of a single server.
    pub fn local() -> Self {
        Self {
            bus: Arc::new(LocalBus::default()),
            limiter: Arc::new(LocalLimiter::default()),
            presence: Arc::new(LocalPresence::default()),
            persisted_documents: Arc::new(LocalDocuments::default()),
        }
    }

    /// Adapters of one of several servers. Servers with the same name receive each other's messages.
    pub fn redis(name: &str) -> Self {
        let redis = Redis::open(&RedisAddress::Server(redis_url().into())).unwrap();
        let (bus, link) = RedisBus::new(&redis, &format!("test:{name}:bells"));
        tokio::spawn(link);
        Self {
            bus: Arc::new(bus),
            limiter: Arc::new(RedisLimiter::new(&redis, &format!("test:{name}:limit:"))),
            presence: Arc::new(RedisPresence::new(&redis, &format!("{{test:{name}:presence}}:"))),
            persisted_documents: Arc::new(RedisDocuments::new(&redis, &format!("test:{name}:document:"))),
        }
    }
}

/// The Redis server of the test suite.
pub fn redis_url() -> String {
    variable("SWEETIE_TEST_REDIS_URL")
        .expect("SWEETIE_TEST_REDIS_URL is missing: `scripts/test-services.sh up DIR` starts a Redis and prints it")
}

/// Addresses of the nodes of the suite's Redis Cluster.
pub fn redis_cluster() -> Vec<String> {
    let nodes = variable("SWEETIE_TEST_REDIS_CLUSTER").expect(
        "SWEETIE_TEST_REDIS_CLUSTER is missing: `scripts/test-services.sh up DIR` starts a Redis Cluster and prints it",
    );
    nodes.split(',').map(str::to_owned).collect()
}
