//! What breaks, one thing after the other, paced by what has been acknowledged.

use std::time::Duration;

use tokio::time::Instant;

use super::stage::Stage;
use crate::{
    resilience::node::{Installation, Node},
    support::{FaultProxy, OwnRedis, until},
};

/// How long nothing may be acknowledged.
const STANDSTILL: Duration = Duration::from_secs(120);

/// One thing that breaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Blow {
    /// `kill -9` of a node; it is started again at once.
    Kill(usize),
    /// Redis stays connected and answers nobody, until [`Blow::ThawRedis`].
    FreezeRedis,
    ThawRedis,
    /// Redis is gone with all that it knew, until [`Blow::StartRedis`].
    StopRedis,
    StartRedis,
    /// Every connection to the database breaks.
    Cut,
    /// Every connection to the database falls silent for good; new ones too, until somebody has noticed.
    Silence,
    /// Every connection to the database breaks and none is let through, until many have noticed.
    Shut,
}

/// One of each kind of trouble.
pub const SHORT: &[Blow] = &[
    Blow::Kill(0),
    Blow::FreezeRedis,
    Blow::Cut,
    Blow::Kill(1),
    Blow::ThawRedis,
    Blow::Silence,
    Blow::StopRedis,
    Blow::Shut,
    Blow::StartRedis,
];

/// Each node is killed five times, in turn, sometimes while Redis is down.
pub const LONG: &[Blow] = &[
    Blow::Kill(0),
    Blow::Cut,
    Blow::Kill(1),
    Blow::FreezeRedis,
    Blow::Kill(0),
    Blow::ThawRedis,
    Blow::Silence,
    Blow::Kill(1),
    Blow::Shut,
    Blow::Kill(0),
    Blow::StopRedis,
    Blow::Cut,
    Blow::Kill(1),
    Blow::StartRedis,
    Blow::Kill(0),
    Blow::Silence,
    Blow::Kill(1),
    Blow::FreezeRedis,
    Blow::Cut,
    Blow::ThawRedis,
    Blow::Kill(0),
    Blow::Shut,
    Blow::Kill(1),
];

/// Requests that fail before a database that refuses everybody lets them in again.
const NOTICED: usize = 20;

/// Why a message may have to be sent again.
const EXPECTED: [&str; 3] = ["send: no answer", "send: UNAVAILABLE", "send: TIMEOUT"];

/// Whoever makes it.
pub struct Trouble<'a> {
    installation: &'a Installation,
    /// One on a file, else two.
    nodes: Vec<Node>,
    redis: OwnRedis,
    proxy: Option<FaultProxy>,
    kills: usize,
    since: Instant,
}

impl<'a> Trouble<'a> {
    pub fn new(installation: &'a Installation, nodes: Vec<Node>, redis: OwnRedis, proxy: Option<FaultProxy>) -> Self {
        Self {
            installation,
            nodes,
            redis,
            proxy,
            kills: 0,
            since: Instant::now(),
        }
    }

    /// Strikes, time and again while messages flow, and leaves everything whole behind.
    pub async fn make(&mut self, storm: &[Blow], stage: &Stage) {
        let share = (stage.size.messages() - stage.ledger.count()) / (4 * storm.len());
        for blow in storm {
            let count = stage.ledger.count() + share;
            allow(stage, 2 * share);
            until(STANDSTILL, "messages flow", async || count <= stage.ledger.count()).await;
            println!(
                "{:4} s, {} acknowledged: {blow:?}",
                self.since.elapsed().as_secs(),
                stage.ledger.count()
            );
            allow(stage, 2 * share);
            self.strike(*blow, stage).await;
        }
        allow(stage, stage.size.messages());
    }

    async fn strike(&mut self, blow: Blow, stage: &Stage) {
        match blow {
            Blow::Kill(node) => {
                let node = node % self.nodes.len();
                self.nodes[node].kill();
                self.kills += 1;
                self.nodes[node] = self.installation.start().await;
                stage.moved(node, &self.nodes[node].url);
            }
            Blow::FreezeRedis => self.redis.freeze(),
            Blow::ThawRedis => self.redis.thaw(),
            Blow::StopRedis => self.redis.stop(),
            Blow::StartRedis => self.redis.start_again().await,
            Blow::Cut | Blow::Silence | Blow::Shut => self.strike_database(blow, stage).await,
        }
    }

    async fn strike_database(&self, blow: Blow, stage: &Stage) {
        let Some(proxy) = &self.proxy else { return };
        let noticed = stage.ledger.retries()
            + match blow {
                Blow::Silence => 1,
                _ => NOTICED,
            };
        match blow {
            Blow::Silence => proxy.silence(),
            Blow::Shut => proxy.shut(),
            _ => return proxy.cut(),
        }
        until(STANDSTILL, "somebody notices that the database is away", async || {
            noticed <= stage.ledger.retries()
        })
        .await;
        proxy.open();
    }

    /// Fails the test if the trouble had no effect; prints what happened.
    pub fn assert_all_happened(&self, stage: &Stage) {
        let (cuts, silenced) = self
            .proxy
            .as_ref()
            .map_or((0, 0), |proxy| (proxy.cuts(), proxy.silenced()));
        println!(
            "storm: {} kills, {cuts} connections to the database cut, {silenced} fell silent; {}",
            self.kills, stage.ledger
        );
        assert!(
            self.proxy.is_none() || 2 < cuts && 2 < silenced,
            "{cuts} cut, {silenced} silent"
        );
        assert_eq!(self.redis.command(&["PING"]), "PONG");
        assert_nobody_hung(stage);
        assert!(
            0 < stage.ledger.retries() && 0 < stage.ledger.reconnects(),
            "{}",
            stage.ledger
        );
    }
}

/// Allows this many messages from now on.
fn allow(stage: &Stage, count: usize) {
    let left = stage.allowance.available_permits();
    stage.allowance.add_permits(count.saturating_sub(left));
}

/// Nobody was told that it is our fault, or left to wait.
fn assert_nobody_hung(stage: &Stage) {
    let of_sends = stage
        .ledger
        .mishaps()
        .into_keys()
        .filter(|what| what.starts_with("send: "));
    let unexpected: Vec<String> = of_sends.filter(|what| !EXPECTED.contains(&what.as_str())).collect();
    assert_eq!(unexpected, Vec::<String>::new());
}
