//! Keeps presence up to date: tracks this node's sockets, and rings this node's bells when presence changes anywhere.

mod attendance;
mod keeper;
mod watcher;

pub use attendance::Attendance;
pub use keeper::keep;
pub use watcher::watch;
