//! The bus over Redis.

use finding_sweetie::ports::{
    bus::{Bell, Bus, RedisBus},
    redis::Redis,
};
use tokio::{sync::broadcast, time::timeout};

use super::redis::{KINDS, LIMIT, Wire, cluster, open, server, unique};

/// A node on `channel` that is already connected.
pub async fn node(redis: &Redis, channel: &str) -> (RedisBus, broadcast::Receiver<Bell>) {
    let (bus, link) = RedisBus::new(redis, channel);
    let mut bells = bus.listen();
    tokio::spawn(link);
    assert_eq!(next(&mut bells).await, Bell::Log, "a connection rings for the log");
    (bus, bells)
}

pub async fn next(bells: &mut broadcast::Receiver<Bell>) -> Bell {
    timeout(LIMIT, bells.recv())
        .await
        .expect("a bell rings in time")
        .unwrap()
}

/// Passes over bells for the log, which ring whenever a node connects.
pub async fn next_signal(bells: &mut broadcast::Receiver<Bell>) -> Bell {
    loop {
        match next(bells).await {
            Bell::Log => {}
            signal => return signal,
        }
    }
}

pub fn signal(body: &str) -> Bell {
    Bell::Signal {
        topic: "conversation_1".into(),
        body: body.into(),
    }
}

#[tokio::test]
async fn a_bell_rings_on_every_node_once() {
    for redis in KINDS {
        let channel = unique("bus");
        let (first, mut here) = node(&redis(), &channel).await;
        let (_second, mut there) = node(&redis(), &channel).await;
        let (_third, mut yonder) = node(&redis(), &channel).await;
        for body in ["1", "2"] {
            first.ring(signal(body));
        }
        for body in ["1", "2"] {
            assert_eq!(next_signal(&mut here).await, signal(body), "own bells ring once");
            assert_eq!(next_signal(&mut there).await, signal(body));
            assert_eq!(next_signal(&mut yonder).await, signal(body));
        }
        let (_other, mut elsewhere) = node(&redis(), &unique("bus")).await;
        first.ring(signal("3"));
        assert_eq!(next_signal(&mut there).await, signal("3"));
        assert!(elsewhere.try_recv().is_err(), "channels are apart");
    }
}

#[tokio::test]
async fn more_bells_than_fit_one_round_trip_arrive_in_their_order() {
    for redis in KINDS {
        let channel = unique("bus");
        let (first, _) = node(&redis(), &channel).await;
        let (_second, mut there) = node(&redis(), &channel).await;
        for number in 0..500 {
            first.ring(signal(&number.to_string()));
        }
        for number in 0..500 {
            assert_eq!(next_signal(&mut there).await, signal(&number.to_string()));
        }
    }
}

#[tokio::test]
async fn a_node_without_redis_hears_itself_and_later_everyone_again() {
    let (channel, wire) = (unique("bus"), Wire::start().await);
    let (cut_off, mut here) = node(&open(&wire.url), &channel).await;
    let (connected, mut there) = node(&server(), &channel).await;
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
    for redis in [server(), cluster(), open(&nowhere.url)] {
        let (bus, link) = RedisBus::new(&redis, &unique("bus"));
        let link = tokio::spawn(link);
        drop(bus);
        timeout(LIMIT, link).await.expect("the link ends in time").unwrap();
    }
}
