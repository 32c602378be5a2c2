//! Every look at conversations, who takes part in them, and messages.

mod conversations;
mod messages;
mod participants;

pub use conversations::{
    ConversationList, by_direct_key, conversations, count_conversations, find, find_for_update, find_many,
    lock_direct_between, takes_part,
};
pub use messages::{
    by_client_key, changes_after, count_messages, count_of_others_after, find_in, find_message, image_ids,
    last_messages, messages, messages_by_ids,
};
pub use participants::{
    changed_after, companions_among, last_activity, member_ids, other_member, participants_of, seats_of, unread_total,
};
