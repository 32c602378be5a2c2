//! Keeps presence up to date: tracks this node's sockets, and rings this node's bells when presence changes anywhere.

mod attendance;
mod keeper;
mod watcher;

pub use attendance::Attendance;
pub use keeper::keep;
pub use watcher::watch;

use std::time::Duration;

/// How long it may take to notice something, with leases of that length.
fn moment(lease: Duration) -> Duration {
    Duration::from_secs(2).min(lease / keeper::RENEWALS)
}
