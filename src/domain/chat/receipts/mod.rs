//! Which messages have been delivered and read, and who sees it.

mod mark_delivered;
mod mark_read;
mod markers;
mod update_privacy;

pub use mark_delivered::mark_delivered;
pub use mark_read::mark_read;
pub use markers::Marker;
pub use update_privacy::{UpdatePrivacy, update_privacy};
