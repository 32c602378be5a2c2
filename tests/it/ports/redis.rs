//! The Redis adapters against a real Redis, reached through a wire that can be cut.

use std::{
    sync::{Arc, Mutex},
    time::Duration,
};

use entity::Timestamp;
use finding_sweetie::ports::{
    bus::{Bell, Bus, RedisBus, RedisBusSettings},
    limiter::{Limiter, RedisLimiter, RedisLimiterSettings},
};
use tokio::{
    io::copy_bidirectional,
    net::{TcpListener, TcpStream},
    sync::broadcast,
    task::AbortHandle,
    time::timeout,
};

use crate::support::redis_url;

/// Nothing here takes so long when it works.
const LIMIT: Duration = Duration::from_secs(20);
const MINUTE: Duration = Duration::from_secs(60);

pub fn unique(name: &str) -> String {
    format!("test:{name}:{:032x}", rand::random::<u128>())
}

/// Lies between an adapter and Redis. When it is cut, connections break, and new ones are closed at once.
pub struct Wire {
    pub url: String,
    state: Arc<Mutex<WireState>>,
}

#[derive(Default)]
struct WireState {
    is_cut: bool,
    open: Vec<AbortHandle>,
}

impl Wire {
    pub async fn start() -> Self {
        let target = redis_url()
            .trim_start_matches("redis://")
            .trim_end_matches('/')
            .to_owned();
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("redis://{}", listener.local_addr().unwrap());
        let state = Arc::new(Mutex::new(WireState::default()));
        let accepting = Arc::clone(&state);
        tokio::spawn(async move {
            while let Ok((mut near, _)) = listener.accept().await {
                let target = target.clone();
                let mut state = accepting.lock().unwrap();
                if !state.is_cut {
                    let carrying = tokio::spawn(async move {
                        let mut far = TcpStream::connect(target).await.unwrap();
                        let _ = copy_bidirectional(&mut near, &mut far).await;
                    });
                    state.open.push(carrying.abort_handle());
                }
            }
        });
        Self { url, state }
    }

    pub fn cut(&self) {
        let mut state = self.state.lock().unwrap();
        state.is_cut = true;
        state.open.drain(..).for_each(|connection| connection.abort());
    }

    pub fn mend(&self) {
        self.state.lock().unwrap().is_cut = false;
    }
}

/// A node on `channel` that is already connected.
async fn node(url: &str, channel: &str) -> (RedisBus, broadcast::Receiver<Bell>) {
    let (bus, link) = RedisBus::open(&RedisBusSettings {
        url: url.into(),
        channel: channel.to_owned(),
    })
    .unwrap();
    let mut bells = bus.listen();
    tokio::spawn(link);
    assert_eq!(next(&mut bells).await, Bell::Log, "a connection rings for the log");
    (bus, bells)
}

async fn next(bells: &mut broadcast::Receiver<Bell>) -> Bell {
    timeout(LIMIT, bells.recv())
        .await
        .expect("a bell rings in time")
        .unwrap()
}

/// Passes over bells for the log, which ring whenever a node connects.
async fn next_signal(bells: &mut broadcast::Receiver<Bell>) -> Bell {
    loop {
        match next(bells).await {
            Bell::Log => {}
            signal => return signal,
        }
    }
}

fn signal(body: &str) -> Bell {
    Bell::Signal {
        topic: "conversation_1".into(),
        body: body.into(),
    }
}

#[tokio::test]
async fn a_bell_rings_on_every_node_once() {
    let channel = unique("bus");
    let (first, mut here) = node(&redis_url(), &channel).await;
    let (_second, mut there) = node(&redis_url(), &channel).await;
    for body in ["1", "2"] {
        first.ring(signal(body));
    }
    for body in ["1", "2"] {
        assert_eq!(next_signal(&mut here).await, signal(body), "own bells ring once");
        assert_eq!(next_signal(&mut there).await, signal(body));
    }
    let (_other, mut elsewhere) = node(&redis_url(), &unique("bus")).await;
    first.ring(signal("3"));
    assert_eq!(next_signal(&mut there).await, signal("3"));
    assert!(elsewhere.try_recv().is_err(), "channels are apart");
}

#[tokio::test]
async fn a_node_without_redis_hears_itself_and_later_everyone_again() {
    let (channel, wire) = (unique("bus"), Wire::start().await);
    let (cut_off, mut here) = node(&wire.url, &channel).await;
    let (connected, mut there) = node(&redis_url(), &channel).await;
    assert_eq!(next(&mut here).await, Bell::Log, "the other node has come");

    wire.cut();
    for _ in 0..5_000 {
        cut_off.ring(Bell::Log);
    }
    let mut here_again = cut_off.listen();
    cut_off.ring(signal("alone"));
    assert_eq!(next(&mut here_again).await, signal("alone"));

    let mut news = connected.listen();
    wire.mend();
    assert_eq!(
        next(&mut here_again).await,
        Bell::Log,
        "what was missed is read after the connection"
    );
    while next(&mut news).await != Bell::Log {}
    connected.ring(signal("together"));
    assert_eq!(next_signal(&mut here_again).await, signal("together"));
    cut_off.ring(signal("again"));
    while next_signal(&mut there).await != signal("again") {}
    drop(here);
}

#[tokio::test]
async fn the_link_ends_with_the_bus() {
    let nowhere = Wire::start().await;
    nowhere.cut();
    for url in [redis_url(), nowhere.url] {
        let (bus, link) = RedisBus::open(&RedisBusSettings {
            url: url.into(),
            channel: unique("bus"),
        })
        .unwrap();
        let link = tokio::spawn(link);
        drop(bus);
        timeout(LIMIT, link).await.expect("the link ends in time").unwrap();
    }
}

fn limiter(url: &str, prefix: &str) -> RedisLimiter {
    let settings = RedisLimiterSettings {
        url: url.into(),
        prefix: prefix.to_owned(),
    };
    RedisLimiter::open(&settings).unwrap()
}

#[tokio::test]
async fn all_nodes_count_into_one_window() {
    let prefix = unique("limiter");
    let (first, second) = (limiter(&redis_url(), &prefix), limiter(&redis_url(), &prefix));
    let start = Timestamp(1_000_000);
    let at = |seconds| start.plus(Duration::from_secs(seconds));
    assert_eq!(first.hit("ann", 2, MINUTE, at(0)).await, Ok(()));
    assert_eq!(second.hit("ann", 2, MINUTE, at(10)).await, Ok(()));
    assert_eq!(first.hit("ann", 2, MINUTE, at(20)).await, Err(Duration::from_secs(40)));
    assert_eq!(second.hit("bob", 2, MINUTE, at(20)).await, Ok(()));
    assert_eq!(second.hit("ann", 2, MINUTE, at(60)).await, Ok(()), "the window is over");

    first.reset("bob").await;
    for _ in 0..2 {
        assert_eq!(second.hit("bob", 2, MINUTE, at(20)).await, Ok(()));
    }
    assert_eq!(second.hit("bob", 0, MINUTE, at(20)).await, Err(MINUTE));
}

#[tokio::test]
async fn of_many_hits_at_once_no_more_than_the_limit_pass() {
    let limiter = Arc::new(limiter(&redis_url(), &unique("limiter")));
    let hits = (0..50).map(|_| {
        let limiter = Arc::clone(&limiter);
        tokio::spawn(async move { limiter.hit("ann", 7, MINUTE, Timestamp(0)).await.is_ok() })
    });
    let mut passed = 0;
    for hit in hits.collect::<Vec<_>>() {
        passed += usize::from(hit.await.unwrap());
    }
    assert_eq!(passed, 7);
}

#[tokio::test]
async fn a_limiter_without_redis_still_limits() {
    let wire = Wire::start().await;
    let limiter = limiter(&wire.url, &unique("limiter"));
    assert_eq!(limiter.hit("ann", 1, MINUTE, Timestamp(0)).await, Ok(()));
    wire.cut();
    // The first hit may meet the dying connection; from then on the node counts for itself.
    let mut passed = 0;
    for _ in 0..20 {
        passed += usize::from(limiter.hit("bob", 3, MINUTE, Timestamp(0)).await.is_ok());
    }
    assert_eq!(passed, 3);

    wire.mend();
    let counted_by_redis = async { while limiter.hit("ann", 1, MINUTE, Timestamp(0)).await.is_ok() {} };
    timeout(LIMIT, counted_by_redis).await.expect("Redis is asked again");
}
