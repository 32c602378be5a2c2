//! Floor 3: facts announced by features, and the bells that ring for them on this node. `facts` lists the features.

mod bells;
mod facts;
mod hibernation;

pub use bells::{Bells, Listener, Topic};
pub use facts::*;
pub use hibernation::{Hibernation, Left, Sleep};
