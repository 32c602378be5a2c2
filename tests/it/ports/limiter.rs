//! The limiter over Redis.

use std::{sync::Arc, time::Duration};

use entity::Timestamp;
use finding_sweetie::ports::limiter::{Limiter, RedisLimiter};

use super::redis::{KINDS, LIMIT, Wire, cluster, open, server, unique};
use crate::support::until;

const MINUTE: Duration = Duration::from_secs(60);

#[tokio::test]
async fn all_nodes_count_into_one_window() {
    for redis in KINDS {
        let prefix = unique("limiter");
        let (first, second) = (
            RedisLimiter::new(&redis(), &prefix),
            RedisLimiter::new(&redis(), &prefix),
        );
        let start = Timestamp(1_000_000);
        let at = |seconds| start.plus(Duration::from_secs(seconds));
        assert_eq!(first.hit("ann", 2, MINUTE, at(0)).await.map(drop), Ok(()));
        assert_eq!(second.hit("ann", 2, MINUTE, at(10)).await.map(drop), Ok(()));
        assert_eq!(first.hit("ann", 2, MINUTE, at(20)).await, Err(Duration::from_secs(40)));
        assert_eq!(second.hit("bob", 2, MINUTE, at(20)).await.map(drop), Ok(()));
        assert_eq!(
            second.hit("ann", 2, MINUTE, at(60)).await.map(drop),
            Ok(()),
            "the window is over"
        );

        first.reset("bob").await;
        for _ in 0..2 {
            assert_eq!(second.hit("bob", 2, MINUTE, at(20)).await.map(drop), Ok(()));
        }
        assert_eq!(second.hit("bob", 0, MINUTE, at(20)).await, Err(MINUTE));
    }
}

#[tokio::test]
async fn of_many_hits_at_once_no_more_than_the_limit_pass() {
    for redis in KINDS {
        let limiter = Arc::new(RedisLimiter::new(&redis(), &unique("limiter")));
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
}

#[tokio::test]
async fn keys_of_all_parts_of_a_cluster_are_counted() {
    let prefix = unique("limiter");
    let (first, second) = (
        RedisLimiter::new(&cluster(), &prefix),
        RedisLimiter::new(&cluster(), &prefix),
    );
    for number in 0..100 {
        let key = format!("member {number}");
        assert_eq!(first.hit(&key, 1, MINUTE, Timestamp(0)).await.map(drop), Ok(()));
        assert_eq!(second.hit(&key, 1, MINUTE, Timestamp(0)).await, Err(MINUTE), "{key}");
    }
}

#[tokio::test]
async fn a_limiter_without_redis_still_limits() {
    let (wire, prefix) = (Wire::start().await, unique("limiter"));
    let limiter = RedisLimiter::new(&open(&wire.url), &prefix);
    assert_eq!(limiter.hit("ann", 1, MINUTE, Timestamp(0)).await.map(drop), Ok(()));
    wire.cut();
    // The first hit may meet the dying connection; from then on the node counts for itself.
    let mut passed = 0;
    for _ in 0..20 {
        passed += usize::from(limiter.hit("bob", 3, MINUTE, Timestamp(0)).await.is_ok());
    }
    assert_eq!(passed, 3);

    wire.mend();
    let other = RedisLimiter::new(&server(), &prefix);
    counts_together(&limiter, &other).await;
}

/// Waits until one node knows of the hits of the other.
pub async fn counts_together(one: &RedisLimiter, other: &RedisLimiter) {
    let mut attempt = 0;
    until(LIMIT, "Redis counts for both", async || {
        attempt += 1;
        let key = format!("attempt {attempt}");
        let first = one.hit(&key, 1, MINUTE, Timestamp(0)).await;
        first.is_ok() && other.hit(&key, 1, MINUTE, Timestamp(0)).await.is_err()
    })
    .await;
}
