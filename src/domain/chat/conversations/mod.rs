//! Opening conversations, and what members and staff do with them.

mod archive_conversation;
mod assign_conversation;
mod enrol_staff;
mod mute_conversation;
mod opening;
mod start_conversation;

pub use archive_conversation::archive_conversation;
pub use assign_conversation::{AssignConversation, assign_conversation};
pub use enrol_staff::enrol_staff_everywhere;
pub use mute_conversation::mute_conversation;
pub use opening::Recipient;
pub use start_conversation::{StartConversation, Started, start_conversation};
