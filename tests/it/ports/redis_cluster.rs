//! A Redis Cluster that changes, and of which a part is away.

use std::{collections::HashSet, time::Duration};

use entity::Timestamp;
use finding_sweetie::ports::{
    bus::{Bell, Bus, RedisBus},
    limiter::{Limiter, RedisLimiter},
    presence::Presence,
    redis::{Redis, RedisAddress},
};
use tokio::{sync::broadcast, time::Instant};

use super::{
    bus::{next, node, signal},
    limiter::counts_together,
    presence::ann_and_bob,
    redis::{LIMIT, unique},
};
use crate::support::{OwnCluster, redis_cluster, until};

const MINUTE: Duration = Duration::from_secs(60);
/// What fifty calls may take together while a part of the cluster does not answer. Each failure costs half a second at
/// most and pauses all questions for two.
const BOUND: Duration = Duration::from_secs(2);

fn open(cluster: &OwnCluster) -> Redis {
    Redis::open(&cluster.address()).unwrap()
}

/// Waits until what one node rings is heard by the other.
async fn hears(ringing: &RedisBus, bells: &mut broadcast::Receiver<Bell>) {
    let mut attempt = 0;
    until(LIMIT, "the nodes hear each other", async || {
        attempt += 1;
        ringing.ring(signal(&attempt.to_string()));
        std::iter::from_fn(|| bells.try_recv().ok()).any(|bell| bell != Bell::Log)
    })
    .await;
}

#[tokio::test]
async fn the_bus_follows_its_channel_to_another_node_of_the_cluster() {
    let (cluster, channel) = (OwnCluster::start().await, unique("bus"));
    let (one, _) = node(&open(&cluster), &channel).await;
    let (other, mut there) = node(&open(&cluster), &channel).await;
    hears(&one, &mut there).await;

    let from = cluster.owner(&channel);
    cluster.move_slot(&channel, 1 - from);
    assert_eq!(cluster.owner(&channel), 1 - from);

    while next(&mut there).await != Bell::Log {}
    hears(&one, &mut there).await;
    let mut here = one.listen();
    hears(&other, &mut here).await;
}

#[tokio::test]
async fn a_node_of_the_cluster_that_dies_and_comes_back_is_used_again() {
    let (mut cluster, channel) = (OwnCluster::start().await, unique("bus"));
    let redis = open(&cluster);
    let (one, _) = node(&redis, &channel).await;
    let (_other, mut there) = node(&open(&cluster), &channel).await;
    let limiter = RedisLimiter::new(&redis, &channel);
    hears(&one, &mut there).await;

    let owner = cluster.owner(&channel);
    cluster.nodes[owner].stop();
    assert_eq!(limiter.hit("ann", 1, MINUTE, Timestamp(0)).await.map(drop), Ok(()));
    one.ring(signal("alone"));

    cluster.nodes[owner].start_again().await;
    cluster.agreed().await;
    while next(&mut there).await != Bell::Log {}
    hears(&one, &mut there).await;
    counts_together(&limiter, &RedisLimiter::new(&open(&cluster), &channel)).await;
}

#[tokio::test]
async fn a_part_of_a_cluster_that_is_frozen_holds_nobody_up() {
    let (cluster, prefix) = (OwnCluster::start().await, unique("cluster"));
    let redis = open(&cluster);
    let limiter = RedisLimiter::new(&redis, &prefix);
    let presence = super::presence::node(&redis, &prefix);
    let (bus, mut bells) = node(&redis, &prefix).await;
    let (ann, _) = ann_and_bob();
    presence.renew(&[ann], MINUTE).await;
    assert_eq!(presence.online(&[ann]).await, HashSet::from([ann]));

    let frozen = &cluster.nodes[cluster.owner(&format!("{{{prefix}}}:"))];
    frozen.freeze();
    let start = Instant::now();
    for number in 0..50 {
        let hit = limiter.hit(&format!("member {number}"), 1, MINUTE, Timestamp(0)).await;
        assert_eq!(hit.map(drop), Ok(()), "counted by Redis or by the node");
        presence.online(&[ann]).await;
        bus.ring(signal("here"));
    }
    assert!(start.elapsed() < BOUND, "{:?}", start.elapsed());
    while next(&mut bells).await != signal("here") {}

    frozen.thaw();
    cluster.agreed().await;
    counts_together(&limiter, &RedisLimiter::new(&open(&cluster), &prefix)).await;
    until(LIMIT, "presence is asked again", async || {
        presence.online(&[ann]).await == HashSet::from([ann])
    })
    .await;
}

#[tokio::test]
async fn one_node_under_another_name_than_the_cluster_gives_it_leads_to_all() {
    let name = redis_cluster()[0].replace("127.0.0.1", "localhost");
    let open = || Redis::open(&RedisAddress::Cluster(vec![name.as_str().into()])).unwrap();
    let prefix = unique("alias");

    let (one, _) = node(&open(), &prefix).await;
    let (_other, mut there) = node(&open(), &prefix).await;

    hears(&one, &mut there).await;
    let (first, second) = (RedisLimiter::new(&open(), &prefix), RedisLimiter::new(&open(), &prefix));
    for number in 0..20 {
        let key = number.to_string();
        assert_eq!(first.hit(&key, 1, MINUTE, Timestamp(0)).await.map(drop), Ok(()));
        assert_eq!(second.hit(&key, 1, MINUTE, Timestamp(0)).await, Err(MINUTE));
    }
}
