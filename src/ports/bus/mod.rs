//! The doorbell: tells every node, at once and without a promise, that there may be something to read.
//!
//! A bell may be lost or come twice. Whoever listens reads the rows after their own cursor when it rings, and looks
//! now and then when it does not.

mod local;
mod redis;
mod signals;

pub use local::LocalBus;
pub use redis::RedisBus;
pub use signals::Signals;

use tokio::sync::broadcast;

/// Bells that a slow listener may be behind before it is told that it lagged.
const BELLS_KEPT: usize = 1024;

/// What a bell says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Bell {
    /// The event log has something new, or may have.
    Log,
    /// Something too fleeting for the log, such as "somebody is typing".
    Signal {
        /// Whom it concerns; only listeners to the same topic look at it.
        topic: String,
        /// What happened, as the topic's own JSON.
        body: String,
    },
}

/// Rings on every node.
pub trait Bus: Send + Sync {
    /// Rings for all listeners of all nodes, this one too. Neither waits nor fails.
    fn ring(&self, bell: Bell);

    /// The bells from now on. A listener that lags must read again, as if every bell had rung.
    fn listen(&self) -> broadcast::Receiver<Bell>;

    /// The signals of one topic from now on; other bells do not wake whoever listens to it.
    fn listen_to(&self, topic: &str) -> Signals;
}
