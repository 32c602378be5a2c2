//! A Redis that is frozen, as an overloaded or suspended machine is: connections stay open and nothing is answered.

use std::time::Duration;

use entity::Timestamp;
use finding_sweetie::ports::limiter::{Limiter, RedisLimiter, RedisLimiterSettings};
use tokio::time::Instant;

use super::redis::unique;
use crate::support::{OwnRedis, until};

/// Nothing here takes so long when it works.
const LIMIT: Duration = Duration::from_secs(20);
const MINUTE: Duration = Duration::from_secs(60);
/// What fifty questions may take together while nobody answers.
const BOUND: Duration = Duration::from_secs(2);

fn limiter(url: &str, prefix: &str) -> RedisLimiter {
    RedisLimiter::open(&RedisLimiterSettings {
        url: url.into(),
        prefix: prefix.to_owned(),
    })
    .unwrap()
}

#[tokio::test]
async fn a_frozen_redis_does_not_hold_the_limiter_up() {
    let redis = OwnRedis::start().await;
    let limiter = limiter(&redis.url(), &unique("limiter"));
    assert_eq!(limiter.hit("ann", 1, MINUTE, Timestamp(0)).await, Ok(()));

    redis.freeze();
    let start = Instant::now();
    let mut passed = 0;
    for _ in 0..50 {
        passed += usize::from(limiter.hit("bob", 3, MINUTE, Timestamp(0)).await.is_ok());
    }
    assert!(start.elapsed() < BOUND, "{:?}", start.elapsed());
    assert_eq!(passed, 3, "the node counts for itself");

    redis.thaw();
    until(LIMIT, "Redis is asked again", async || {
        limiter.hit("ann", 1, MINUTE, Timestamp(0)).await.is_err()
    })
    .await;
}

#[tokio::test]
async fn a_redis_that_was_started_again_is_used_again() {
    let mut redis = OwnRedis::start().await;
    let limiter = limiter(&redis.url(), &unique("limiter"));
    assert_eq!(limiter.hit("ann", 1, MINUTE, Timestamp(0)).await, Ok(()));

    redis.stop();
    assert_eq!(
        limiter.hit("ann", 1, MINUTE, Timestamp(0)).await,
        Ok(()),
        "the node counts for itself"
    );

    redis.start_again().await;
    until(LIMIT, "Redis is asked again", async || {
        limiter.hit("cleo", 1, MINUTE, Timestamp(0)).await.is_err()
    })
    .await;
}
