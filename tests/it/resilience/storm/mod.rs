//! Two nodes (one if the database is a file), one Redis, one database, and hundreds of members who write to each other
//! while everything breaks again and again. Every acknowledged message is received by everybody, once and in order, and
//! nothing else is. Meanwhile found pets are reported, and members with saved searches are notified of each. The
//! regular suite runs a short storm; `make soak` runs the full one.

mod alerts;
mod ledger;
mod senders;
mod stage;
mod subscribers;
mod trouble;
mod verdict;

use std::{sync::Arc, time::Duration};

use tokio::time::timeout;

use self::{
    stage::Stage,
    trouble::{LONG, SHORT, Trouble},
};
use super::node::Installation;
use crate::support::{FaultProxy, FreshDatabase, OwnRedis, Scratch, variable};

/// Enough for a machine that has much else to do; what hangs for ever fails the test.
const CAP: Duration = Duration::from_secs(15 * 60);

/// How much is written.
#[derive(Debug, Clone, Copy)]
pub struct Size {
    /// Conversations of two.
    pub talks: usize,
    /// Messages that each of the two sends.
    pub each: usize,
    /// Members who search for a pet.
    pub searches: usize,
    /// Pets that are found for each of them.
    pub found: usize,
}

impl Size {
    const SMALL: Self = Self {
        talks: 24,
        each: 20,
        searches: 3,
        found: 6,
    };
    const LARGE: Self = Self {
        talks: 200,
        each: 50,
        searches: 6,
        found: 15,
    };

    /// All messages, the first one of each conversation too.
    pub fn messages(self) -> usize {
        self.talks * self.in_talk()
    }

    /// Messages of one conversation.
    pub fn in_talk(self) -> usize {
        2 * self.each + 1
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_was_acknowledged_in_a_storm_is_received_once_and_in_order() {
    let scratch = Scratch::new();
    let database = FreshDatabase::migrated(scratch.path()).await;
    let proxy = FaultProxy::before(&database.url).await;
    let redis = OwnRedis::start().await;
    let (size, storm) = match variable("SWEETIE_TEST_SOAK") {
        Some(_) => (Size::LARGE, LONG),
        None => (Size::SMALL, SHORT),
    };
    // A database file has only one server, and no connections that could be cut.
    let count = if proxy.is_some() { 2 } else { 1 };
    let url = proxy.as_ref().map_or(&database.url, |proxy| &proxy.url);
    let installation = Installation::new(scratch.path(), url)
        .with("SWEETIE_REDIS_URL", redis.url())
        .with("SWEETIE_RATE_LIMIT", 10_000_000)
        .with("SWEETIE_SOCKETS_PER_ADDRESS", 10_000)
        .with("SWEETIE_NEW_ACCOUNT_HOURS", 0)
        .with("SWEETIE_TRUSTED_PROXIES", "127.0.0.1");
    let mut nodes = Vec::new();
    for _ in 0..count {
        nodes.push(installation.start().await);
    }
    let stage = Arc::new(Stage::set(size, &nodes).await);
    let mut trouble = Trouble::new(&installation, nodes, redis, proxy);
    let heard = timeout(CAP, async {
        let (listening, hearing) = (subscribers::listen(&stage), alerts::listen(&stage));
        let (sending, finding) = (senders::send(&stage), alerts::find(&stage));
        trouble.make(storm, &stage).await;
        sending.await;
        finding.await;
        (listening.await, hearing.await)
    });
    let (heard, news) = heard
        .await
        .unwrap_or_else(|_| panic!("not over within {CAP:?}: {}", stage.ledger));
    trouble.assert_all_happened(&stage);
    verdict::judge(&stage, &heard, &database.url).await;
    alerts::judge(&stage, &news, &database.url).await;
    assert!(!installation.log().contains("panicked"), "{}", installation.log());
}
