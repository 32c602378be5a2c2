//! The doorbell: tells every node at once, on a best-effort basis, that there may be something to read.
//!
//! A bell may be lost or arrive twice. Listeners read the rows after their own cursor when it rings, and also
//! check from time to time when it does not.

mod local;
mod redis;
mod signals;

pub use local::LocalBus;
pub use redis::RedisBus;
pub use signals::Signals;

use tokio::sync::broadcast;

/// How many bells a slow listener can fall behind before it is told that it lagged.
const BELLS_KEPT: usize = 1024;

/// The content of a bell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Bell {
    /// The event log may have grown.
    Log,
    /// News too short-lived for the log, such as "somebody is typing".
    Signal {
        /// The topic; only its listeners see the signal.
        topic: String,
        /// The message, as JSON in the topic's own format.
        body: String,
    },
}

/// Rings on every node.
pub trait Bus: Send + Sync {
    /// Rings for all listeners on all nodes, including this one. Neither blocks nor fails.
    fn ring(&self, bell: Bell);

    /// All bells from now on. A listener that lags must read again, as if every bell had rung.
    fn listen(&self) -> broadcast::Receiver<Bell>;

    /// The signals of one topic from now on; other bells do not wake the listener.
    fn listen_to(&self, topic: &str) -> Signals;
}
