//! State shared by several nodes: one Redis, or a Redis Cluster.
//!
//! The bus, the limiter, presence and persisted documents can all work without it, each in its own way. So nobody waits for it long, and
//! the log says once for all of them that it is down, and once that it is back.

mod address;
mod connection;
mod outage;
mod questions;

pub use address::RedisAddress;
pub use questions::Redis;

pub(super) use address::Door;
pub(super) use connection::Connection;
pub(super) use outage::Outage;
