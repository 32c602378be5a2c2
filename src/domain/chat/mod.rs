//! Chat: members write to each other, in groups, and to shelters, about a pet or not.
//!
//! Promises:
//! - Each pair of members (or member and shelter) has one conversation per pet, whoever opens it and however many do so
//!   at once.
//! - Messages are numbered without gaps, and so are their changes.
//! - With a client key, sending a message or starting a group happens once.
//! - Unread counts are exact in every committed state.
//! - Streams resume by number and miss no change.
//!
//! Refuses members who do not take part: other conversations do not exist for them, from the moment they left or were
//! removed. A shelter's inbox belongs to its current staff.
//!
//! Unread are messages of others after the read marker that were not deleted. System messages are never unread.
//!
//! Lock order, to avoid deadlocks: the stream of a pair, then the conversation, then the members' activity streams by
//! member id, then the event log. A transaction that opens a conversation holds it before the pair, but nobody else can
//! see it yet.

mod add_participants;
mod archive_conversation;
mod assign_conversation;
mod batched;
mod block_member;
mod blocked;
mod delete_message;
mod draft;
mod edit_message;
mod emoji;
mod enrol_staff;
mod follow_conversations;
mod follow_messages;
mod group;
mod index_words;
mod leave_conversation;
mod limits;
mod mark_delivered;
mod mark_read;
mod markers;
mod mute_conversation;
mod opening;
mod participants;
mod post;
mod react_to_message;
mod remove_participant;
mod rename_conversation;
mod review_for_sender;
mod revise;
mod search_messages;
mod send_message;
mod set_typing;
mod start_conversation;
mod start_group;
mod store;
mod system;
mod typing;
mod update_privacy;
mod words;

pub use add_participants::{AddParticipants, add_participants};
pub use archive_conversation::archive_conversation;
pub use assign_conversation::{AssignConversation, assign_conversation};
pub use block_member::block_member;
pub use blocked::silenced_among;
pub use delete_message::delete_message;
pub use draft::{MAX_IMAGES, MAX_TEXT, Words};
pub use edit_message::{EditMessage, edit_message};
pub use enrol_staff::enrol_staff_everywhere;
pub use follow_conversations::follow_conversations;
pub use follow_messages::follow_messages;
pub use group::MOST_MEMBERS;
pub use index_words::index_words_anew;
pub use leave_conversation::leave_conversation;
pub use mark_delivered::mark_delivered;
pub use mark_read::mark_read;
pub use markers::Marker;
pub use mute_conversation::mute_conversation;
pub use opening::Recipient;
pub use react_to_message::{ReactToMessage, react_to_message};
pub use remove_participant::{RemoveParticipant, remove_participant};
pub use rename_conversation::{RenameConversation, rename_conversation};
pub use search_messages::Search;
pub use send_message::{SendMessage, send_message, send_message_within};
pub use set_typing::set_typing;
pub use start_conversation::{StartConversation, Started, start_conversation};
pub use start_group::{StartGroup, start_group};
pub use store::{
    Assigned, Change, ConversationList, Reaction, companions_among, conversations, count_conversations, count_inbox,
    count_messages, find, find_many, find_message, image_ids, inbox, is_taken_back, last_about, last_messages,
    member_ids, messages, messages_by_ids, other_member, participants_of, reactions_of, seats_of, shows_reading,
    unread_total,
};
pub use system::SystemNote;
pub use typing::{Typing, end_typing, follow_typing};
pub use update_privacy::{UpdatePrivacy, update_privacy};
