//! Floor 3: facts that features announce, and the bells that ring for them on this node.

mod bells;
mod event;
mod hibernation;

pub use bells::{Bells, Listener, Topic};
pub use event::Event;
pub use hibernation::{Hibernation, Left, Sleep};
