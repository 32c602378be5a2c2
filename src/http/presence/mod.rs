//! Keeps presence true: the sockets of this node are attended, and changes anywhere ring the bells of this node.

mod attendance;
mod keeper;
mod watcher;

pub use attendance::Attendance;
pub use keeper::keep;
pub use watcher::watch;
