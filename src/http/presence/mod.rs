//! Keeps presence up to date: tracks this node's sockets, and rings this node's bells when presence changes anywhere.

mod lease_renewer;
mod open_sockets;
mod watcher;

pub use lease_renewer::keep;
pub use open_sockets::OpenSockets;
pub use watcher::watch;
