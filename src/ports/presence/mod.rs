//! Who is online: whoever has a socket open on any node.

mod local;
mod redis;

pub use local::LocalPresence;
pub use redis::RedisPresence;

use std::{collections::HashSet, time::Duration};

use entity::id::MemberId;

/// Leases that nodes hold for the members whose sockets they have. A node that vanishes renews nothing, so its leases
/// end by themselves. It never fails: while it is not known who is online, nobody is.
#[async_trait::async_trait]
pub trait Presence: Send + Sync {
    /// This node has sockets of those members: they are online for `lease` from now on.
    async fn renew(&self, members: &[MemberId], lease: Duration);

    /// This node has no socket of those members any more; others may have.
    async fn leave(&self, members: &[MemberId]);

    /// Those of the members who are online.
    async fn online(&self, members: &[MemberId]) -> HashSet<MemberId>;
}
