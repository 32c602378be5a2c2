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

mod batched;
mod block_member;
mod blocked;
mod conversations;
mod gone;
mod groups;
mod index_words;
mod limits;
mod messages;
mod participants;
mod receipts;
mod search_messages;
mod settings;
mod store;
mod streams;
mod words;

pub use block_member::block_member;
pub use blocked::silenced_among;
pub use conversations::{
    AssignConversation, Recipient, StartConversation, Started, archive_conversation, assign_conversation,
    enrol_staff_everywhere, mute_conversation, start_conversation,
};
pub use groups::{
    AddParticipants, MOST_MEMBERS, RemoveParticipant, RenameConversation, StartGroup, add_participants,
    leave_conversation, remove_participant, rename_conversation, start_group,
};
pub use index_words::index_words_anew;
pub use limits::LIMITS;
pub use messages::{
    EditMessage, MAX_IMAGES, MAX_TEXT, ReactToMessage, SendMessage, SystemNote, Words, delete_message, edit_message,
    react_to_message, send_message, send_message_within,
};
pub use receipts::{Marker, UpdatePrivacy, mark_delivered, mark_read, update_privacy};
pub use search_messages::Search;
pub use settings::Settings;
pub use store::{
    Assigned, Change, ConversationList, Reaction, companions_among, conversations, count_conversations, count_inbox,
    count_messages, find, find_many, find_message, image_ids, inbox, is_taken_back, last_about, last_messages,
    member_ids, messages, messages_by_ids, other_member, participants_of, reactions_of, seats_of, shows_reading,
    unread_total,
};
pub use streams::{Typing, end_typing, follow_conversations, follow_messages, follow_typing, set_typing};
