//! Presence against a real Redis, reached through a wire that can be cut.

use std::{collections::HashSet, time::Duration};

use entity::id::MemberId;
use finding_sweetie::ports::{
    presence::{Presence, RedisPresence},
    redis::Redis,
};
use uuid::Uuid;

use super::redis::{KINDS, LIMIT, Wire, open, server, unique};
use crate::support::until;

const LONG: Duration = Duration::from_secs(600);

pub fn node(redis: &Redis, prefix: &str) -> RedisPresence {
    RedisPresence::new(redis, &format!("{{{prefix}}}:"))
}

pub fn ann_and_bob() -> (MemberId, MemberId) {
    (MemberId(Uuid::from_u128(1)), MemberId(Uuid::from_u128(2)))
}

#[tokio::test]
async fn a_member_is_online_while_any_node_says_so() {
    for redis in KINDS {
        let prefix = unique("presence");
        let (here, there) = (node(&redis(), &prefix), node(&redis(), &prefix));
        let (ann, bob) = ann_and_bob();
        here.renew(&[ann, bob], LONG).await;
        there.renew(&[ann], LONG).await;
        assert_eq!(there.online(&[bob, ann]).await, HashSet::from([ann, bob]));

        here.leave(&[ann, bob]).await;

        assert_eq!(
            here.online(&[ann, bob]).await,
            HashSet::from([ann]),
            "the other node has a socket"
        );
        there.leave(&[ann]).await;
        assert_eq!(here.online(&[ann, bob]).await, HashSet::new());
        let elsewhere = node(&redis(), &unique("presence"));
        elsewhere.renew(&[ann], LONG).await;
        assert_eq!(here.online(&[ann]).await, HashSet::new(), "prefixes are apart");
    }
}

#[tokio::test]
async fn the_leases_of_a_node_that_vanished_end_by_time_and_those_of_others_do_not() {
    let prefix = unique("presence");
    let (vanishing, staying) = (node(&server(), &prefix), node(&server(), &prefix));
    let (ann, bob) = ann_and_bob();
    staying.renew(&[bob], LONG).await;
    vanishing.renew(&[ann, bob], Duration::from_millis(500)).await;
    staying.renew(&[bob], LONG).await;
    assert_eq!(staying.online(&[ann, bob]).await, HashSet::from([ann, bob]));

    drop(vanishing);

    until(LIMIT, "ann's lease ends", async || {
        staying.online(&[ann]).await.is_empty()
    })
    .await;
    assert_eq!(staying.online(&[bob]).await, HashSet::from([bob]));
}

#[tokio::test]
async fn more_members_than_one_command_takes_are_all_looked_at() {
    for redis in KINDS {
        let presence = node(&redis(), &unique("presence"));
        let members: Vec<MemberId> = (0..2_500).map(|number| MemberId(Uuid::from_u128(number))).collect();
        let (online, offline) = members.split_at(1_300);
        presence.renew(online, LONG).await;
        assert_eq!(presence.online(&members).await, online.iter().copied().collect());
        assert_eq!(presence.online(offline).await, HashSet::new());
    }
}

#[tokio::test]
async fn without_redis_nobody_is_online_and_nothing_fails() {
    let wire = Wire::start().await;
    let presence = node(&open(&wire.url), &unique("presence"));
    let (ann, _) = ann_and_bob();
    presence.renew(&[ann], LONG).await;
    assert_eq!(presence.online(&[ann]).await, HashSet::from([ann]));

    wire.cut();
    for _ in 0..3 {
        assert_eq!(presence.online(&[ann]).await, HashSet::new());
        presence.renew(&[ann], LONG).await;
        presence.leave(&[]).await;
    }

    wire.mend();
    until(LIMIT, "Redis is asked again", async || {
        !presence.online(&[ann]).await.is_empty()
    })
    .await;
}
