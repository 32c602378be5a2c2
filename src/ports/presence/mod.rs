//! Online status: a member is online while they have a socket open on any node.

mod local;
mod redis;

pub use local::LocalPresence;
pub use redis::RedisPresence;

use std::{collections::HashSet, time::Duration};

use entity::id::MemberId;

/// Leases that nodes hold for the members connected to them. A node that vanishes stops renewing, so its leases
/// expire on their own. Never fails: if it is not known who is online, everybody counts as offline.
#[async_trait::async_trait]
pub trait Presence: Send + Sync {
    /// This node has sockets of these members: they are online for `lease` from now on.
    async fn renew(&self, members: &[MemberId], lease: Duration);

    /// This node has no sockets of these members any more; other nodes may have some.
    async fn leave(&self, members: &[MemberId]);

    /// The given members who are online.
    async fn online(&self, members: &[MemberId]) -> HashSet<MemberId>;
}
