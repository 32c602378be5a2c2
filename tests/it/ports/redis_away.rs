//! A Redis that is frozen, as on an overloaded or suspended machine: connections stay open and nothing is answered.

use std::{collections::HashSet, time::Duration};

use entity::Timestamp;
use finding_sweetie::ports::{
    bus::{Bell, Bus},
    limiter::{Limiter, RedisLimiter},
    presence::Presence,
};
use tokio::time::Instant;

use super::{
    bus::{next, next_signal, signal},
    limiter::counts_together,
    presence::ann_and_bob,
    redis::{LIMIT, open, unique},
};
use crate::support::{OwnRedis, until};

const MINUTE: Duration = Duration::from_secs(60);
/// What fifty calls may take together while nobody answers. The first pays half a second, the others nothing.
const BOUND: Duration = Duration::from_secs(2);
/// By now the bus has given up what it published.
const NOTICED: Duration = Duration::from_secs(3);

#[tokio::test]
async fn a_frozen_redis_does_not_hold_the_limiter_up() {
    let (server, prefix) = (OwnRedis::start().await, unique("limiter"));
    let limiter = RedisLimiter::new(&open(&server.url()), &prefix);
    assert_eq!(limiter.hit("ann", 1, MINUTE, Timestamp(0)).await.map(drop), Ok(()));

    server.freeze();
    let start = Instant::now();
    let mut passed = 0;
    for _ in 0..50 {
        passed += usize::from(limiter.hit("bob", 3, MINUTE, Timestamp(0)).await.is_ok());
        limiter.reset("cleo").await;
    }
    assert!(start.elapsed() < BOUND, "{:?}", start.elapsed());
    assert_eq!(passed, 3, "the node counts for itself");

    server.thaw();
    counts_together(&limiter, &RedisLimiter::new(&open(&server.url()), &prefix)).await;
}

#[tokio::test]
async fn a_frozen_redis_does_not_hold_presence_up() {
    let (server, prefix) = (OwnRedis::start().await, unique("presence"));
    let presence = super::presence::node(&open(&server.url()), &prefix);
    let (ann, bob) = ann_and_bob();
    presence.renew(&[ann], MINUTE).await;
    assert_eq!(presence.online(&[ann, bob]).await, HashSet::from([ann]));

    server.freeze();
    let start = Instant::now();
    for _ in 0..50 {
        assert_eq!(presence.online(&[ann, bob]).await, HashSet::new());
        presence.renew(&[bob], MINUTE).await;
    }
    assert!(start.elapsed() < BOUND, "{:?}", start.elapsed());

    server.thaw();
    until(LIMIT, "Redis is asked again", async || {
        presence.online(&[ann]).await == HashSet::from([ann])
    })
    .await;
}

#[tokio::test]
async fn a_frozen_redis_does_not_hold_the_bus_up_and_is_followed_by_a_bell_for_the_log() {
    let (server, channel) = (OwnRedis::start().await, unique("bus"));
    let (one, mut here) = super::bus::node(&open(&server.url()), &channel).await;
    let (other, _) = super::bus::node(&open(&server.url()), &channel).await;
    assert_eq!(next(&mut here).await, Bell::Log, "the other node has come");

    server.freeze();
    let start = Instant::now();
    let mut number = 0;
    until(LIMIT, "the bus has noticed", async || {
        let ringing = Instant::now();
        number += 1;
        one.ring(signal(&number.to_string()));
        assert_eq!(
            next_signal(&mut here).await,
            signal(&number.to_string()),
            "a node hears itself"
        );
        assert!(ringing.elapsed() < Duration::from_secs(1), "{:?}", ringing.elapsed());
        NOTICED < start.elapsed()
    })
    .await;

    server.thaw();
    while next(&mut here).await != Bell::Log {}
    let mut attempt = 0;
    until(LIMIT, "the nodes hear each other", async || {
        attempt += 1;
        other.ring(signal(&format!("again {attempt}")));
        std::iter::from_fn(|| here.try_recv().ok()).any(|bell| bell != Bell::Log)
    })
    .await;
}

#[tokio::test]
async fn a_redis_that_was_started_again_is_used_again() {
    let (mut server, prefix) = (OwnRedis::start().await, unique("limiter"));
    let limiter = RedisLimiter::new(&open(&server.url()), &prefix);
    assert_eq!(limiter.hit("ann", 1, MINUTE, Timestamp(0)).await.map(drop), Ok(()));

    server.stop();
    assert_eq!(
        limiter.hit("ann", 1, MINUTE, Timestamp(0)).await.map(drop),
        Ok(()),
        "the node counts for itself"
    );

    server.start_again().await;
    counts_together(&limiter, &RedisLimiter::new(&open(&server.url()), &prefix)).await;
}
