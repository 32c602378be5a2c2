//! Chat: members talk to each other and to shelters, about a pet or not.
//!
//! Promises: one conversation for each pair and pet, whoever opens it and however many do at once; messages numbered
//! without a gap; a send with a client key happens once; unread counts that are exact in every committed state; streams
//! that resume by number and miss nothing. Refuses whoever takes no part: a conversation that is not theirs does not
//! exist for them. The inbox of a shelter belongs to who works there now.
//!
//! Order of locks, so that nobody waits in a circle: conversation, then the stream of a pair, then the members' activity
//! streams by member id, then the log.

mod block_member;
mod blocked;
mod draft;
mod follow_conversations;
mod follow_messages;
mod limits;
mod mark_read;
mod opening;
mod participants;
mod post;
mod reviewed;
mod send_message;
mod set_typing;
mod start_conversation;
mod store;
mod typing;

pub use block_member::block_member;
pub use draft::{MAX_IMAGES, MAX_TEXT, Words};
pub use follow_conversations::follow_conversations;
pub use follow_messages::follow_messages;
pub use mark_read::{MarkRead, mark_read};
pub use opening::Recipient;
pub use send_message::{SendMessage, send_message, send_message_within};
pub use set_typing::set_typing;
pub use start_conversation::{StartConversation, Started, start_conversation};
pub use store::{
    ConversationList, companions_among, conversations, count_conversations, count_messages, find, find_many,
    find_message, image_ids, last_messages, member_ids, messages, messages_by_ids, other_member, participants_of,
    seats_of, unread_total,
};
pub use typing::{Typing, follow_typing};
