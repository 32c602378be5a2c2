//! Writing, changing and deleting messages, and reacting to them.

mod delete_message;
mod draft;
mod edit_message;
mod emoji;
mod post;
mod react_to_message;
mod review_for_sender;
mod revise;
mod send_message;
mod system;

pub use delete_message::delete_message;
pub use draft::{MAX_IMAGES, MAX_TEXT, Words};
pub use edit_message::{EditMessage, edit_message};
pub use react_to_message::{ReactToMessage, react_to_message};
pub use send_message::{SendMessage, send_message, send_message_within};
pub use system::SystemNote;

pub(super) use draft::Draft;
pub(super) use post::{post, sent_before};
pub(super) use system::tell;
