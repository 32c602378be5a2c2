//! The limiter of a single node.

use std::{
    collections::HashMap,
    hash::{BuildHasher, RandomState},
    sync::{Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use entity::Timestamp;

use super::{Left, Limiter};

/// Keys are spread over this many maps, each with its own lock.
const SHARDS: usize = 16;
/// Maximum number of keys in one map; 65,536 in total, at most about 8 MiB.
const KEYS_PER_SHARD: usize = 4096;

/// Counts in memory. When it is full, the keys whose windows close first are removed first.
#[derive(Debug, Default)]
pub struct LocalLimiter {
    spread: RandomState,
    shards: [Mutex<Shard>; SHARDS],
}

type Shard = HashMap<Box<str>, Window>;

#[derive(Debug)]
struct Window {
    closes_at: Timestamp,
    hits: u32,
}

impl LocalLimiter {
    fn shard(&self, key: &str) -> MutexGuard<'_, Shard> {
        let number = self.spread.hash_one(key) % SHARDS as u64;
        let [first, ..] = &self.shards;
        let shard = self.shards.get(number as usize).unwrap_or(first);
        shard.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[async_trait::async_trait]
impl Limiter for LocalLimiter {
    async fn hit(&self, key: &str, limit: u32, window: Duration, now: Timestamp) -> Result<Left, Duration> {
        if limit == 0 {
            return Err(window);
        }
        let mut shard = self.shard(key);
        if let Some(open) = shard.get_mut(key).filter(|open| now < open.closes_at) {
            let closes_in = open.closes_at.since(now);
            if limit <= open.hits {
                return Err(closes_in);
            }
            open.hits += 1;
            let hits = limit - open.hits;
            return Ok(Left { hits, closes_in });
        }
        make_room(&mut shard, now);
        let closes_at = now.plus(window);
        shard.insert(key.into(), Window { closes_at, hits: 1 });
        let (hits, closes_in) = (limit - 1, window);
        Ok(Left { hits, closes_in })
    }

    async fn reset(&self, key: &str) {
        self.shard(key).remove(key);
    }
}

/// Removes closed windows when the map is full; if there are too few, also the quarter that closes first.
fn make_room(shard: &mut Shard, now: Timestamp) {
    if shard.len() < KEYS_PER_SHARD {
        return;
    }
    shard.retain(|_, window| now < window.closes_at);
    if shard.len() < KEYS_PER_SHARD * 3 / 4 {
        return;
    }
    let mut ends: Vec<Timestamp> = shard.values().map(|window| window.closes_at).collect();
    let (_, quarter, _) = ends.select_nth_unstable(KEYS_PER_SHARD / 4);
    let quarter = *quarter;
    let mut surplus = KEYS_PER_SHARD / 4;
    shard.retain(|_, window| {
        let goes = 0 < surplus && window.closes_at <= quarter;
        surplus -= usize::from(goes);
        !goes
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    const MINUTE: Duration = Duration::from_secs(60);

    #[tokio::test]
    async fn a_window_lets_its_limit_pass_and_says_when_the_next_opens() {
        let limiter = LocalLimiter::default();
        let start = Timestamp(1_000_000);
        let at = |seconds| start.plus(Duration::from_secs(seconds));
        for seconds in [0, 10, 20] {
            assert_eq!(limiter.hit("ann", 3, MINUTE, at(seconds)).await.map(drop), Ok(()));
        }
        assert_eq!(
            limiter.hit("ann", 3, MINUTE, at(30)).await,
            Err(Duration::from_secs(30))
        );
        assert_eq!(
            limiter.hit("ann", 3, MINUTE, at(59)).await,
            Err(Duration::from_secs(1)),
            "refusals do not lengthen it"
        );
        assert_eq!(
            limiter.hit("bob", 3, MINUTE, at(59)).await.map(drop),
            Ok(()),
            "keys are apart"
        );
        for _ in 0..3 {
            assert_eq!(limiter.hit("ann", 3, MINUTE, at(60)).await.map(drop), Ok(()));
        }
        assert_eq!(limiter.hit("ann", 3, MINUTE, at(60)).await, Err(MINUTE));
    }

    #[tokio::test]
    async fn a_reset_key_starts_anew() {
        let limiter = LocalLimiter::default();
        let now = Timestamp(0);
        assert_eq!(limiter.hit("ann", 1, MINUTE, now).await.map(drop), Ok(()));
        assert_eq!(limiter.hit("ann", 1, MINUTE, now).await, Err(MINUTE));
        limiter.reset("ann").await;
        assert_eq!(limiter.hit("ann", 1, MINUTE, now).await.map(drop), Ok(()));
    }

    #[tokio::test]
    async fn a_limit_of_nothing_lets_nothing_pass() {
        assert_eq!(
            LocalLimiter::default().hit("ann", 0, MINUTE, Timestamp(0)).await,
            Err(MINUTE)
        );
    }

    #[tokio::test]
    async fn a_flood_of_keys_stays_within_bounds_and_spares_the_long_windows() {
        let limiter = LocalLimiter::default();
        let now = Timestamp(0);
        assert_eq!(limiter.hit("locked", 1, MINUTE * 60, now).await.map(drop), Ok(()));
        for key in 0..SHARDS * KEYS_PER_SHARD * 2 {
            assert_eq!(limiter.hit(&key.to_string(), 1, MINUTE, now).await.map(drop), Ok(()));
        }
        let kept: usize = limiter.shards.iter().map(|shard| shard.lock().unwrap().len()).sum();
        assert!(kept <= SHARDS * KEYS_PER_SHARD, "{kept}");
        assert!(limiter.hit("locked", 1, MINUTE * 60, now).await.is_err());
    }
}
