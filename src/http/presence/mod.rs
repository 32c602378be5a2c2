//! Keeps presence up to date: tracks this node's sockets, and rings this node's bells when presence changes anywhere.

mod lease_renewer;
mod open_sockets;
mod watcher;

pub use lease_renewer::keep;
pub use open_sockets::OpenSockets;
pub use watcher::watch;

use std::time::Duration;

/// Maximum delay for noticing a change, with leases of that length.
fn moment(lease: Duration) -> Duration {
    Duration::from_secs(2).min(lease / lease_renewer::RENEWALS)
}
