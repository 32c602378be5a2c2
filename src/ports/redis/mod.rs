//! What several nodes share: one Redis, or a Redis Cluster.
//!
//! The bus, the limiter and presence go on without it, each in its own way. So nobody waits for it long, and that it is
//! away is said in the log once for all of them, and once that it is back.

mod address;
mod connection;
mod outage;
mod questions;

pub use address::RedisAddress;
pub use questions::Redis;

pub(super) use address::Door;
pub(super) use connection::Connection;
pub(super) use outage::Outage;
