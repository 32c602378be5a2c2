//! The presence of a single node.

use std::{
    collections::{HashMap, HashSet},
    sync::{Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use entity::id::MemberId;
use tokio::time::Instant;

use super::Presence;

/// Leases held in memory.
#[derive(Debug, Default)]
pub struct LocalPresence(Mutex<HashMap<MemberId, Instant>>);

impl LocalPresence {
    /// The members whose lease is still valid at `now`.
    fn online_at(&self, members: &[MemberId], now: Instant) -> HashSet<MemberId> {
        let ends = self.ends();
        let is_online = |member: &MemberId| ends.get(member).is_some_and(|end| now < *end);
        members.iter().copied().filter(is_online).collect()
    }

    fn ends(&self) -> MutexGuard<'_, HashMap<MemberId, Instant>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[async_trait::async_trait]
impl Presence for LocalPresence {
    async fn renew(&self, members: &[MemberId], lease: Duration) {
        let end = Instant::now() + lease;
        self.ends().extend(members.iter().map(|member| (*member, end)));
    }

    async fn leave(&self, members: &[MemberId]) {
        let mut ends = self.ends();
        for member in members {
            ends.remove(member);
        }
    }

    async fn online(&self, members: &[MemberId]) -> HashSet<MemberId> {
        self.online_at(members, Instant::now())
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    #[tokio::test]
    async fn a_lease_ends_by_time_or_by_leaving() {
        let presence = LocalPresence::default();
        let (ann, bob) = (MemberId(Uuid::from_u128(1)), MemberId(Uuid::from_u128(2)));
        let in_seconds = |seconds| Instant::now() + Duration::from_secs(seconds);
        presence.renew(&[ann, bob], Duration::from_secs(60)).await;
        assert_eq!(presence.online(&[ann, bob]).await, HashSet::from([ann, bob]));
        presence.leave(&[bob]).await;
        assert_eq!(presence.online_at(&[ann, bob], in_seconds(50)), HashSet::from([ann]));
        assert_eq!(presence.online_at(&[ann], in_seconds(60)), HashSet::new());
        presence.renew(&[ann], Duration::from_secs(90)).await;
        assert_eq!(presence.online_at(&[ann], in_seconds(80)), HashSet::from([ann]));
    }
}
