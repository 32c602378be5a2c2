//! What clients follow live: conversations, messages and typing.

mod follow_conversations;
mod follow_messages;
mod set_typing;
mod typing;

pub use follow_conversations::follow_conversations;
pub use follow_messages::follow_messages;
pub use set_typing::set_typing;
pub use typing::{Typing, end_typing, follow_typing};
