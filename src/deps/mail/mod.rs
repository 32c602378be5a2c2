//! Mails: what they say, and how each is sent once.

mod letter;
mod outgoing;

pub use letter::{Button, Letter};
pub use outgoing::{is_written, send_mail};
