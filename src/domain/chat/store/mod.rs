//! All queries for conversations, participants and messages.

mod changes;
mod conversations;
mod messages;
mod participants;
mod reactions;
mod search;

pub use changes::{Change, choose_reading, keep_version, log_change, next_changes, shows_reading};
pub use conversations::{
    Assigned, ConversationList, by_direct_key, by_id, conversations, count_conversations, count_inbox, find,
    find_for_update, find_many, inbox, last_about, lock_direct_between, takes_part,
};
pub use messages::{
    by_client_key, by_client_keys, count_messages, count_of_others, find_in, find_message, find_message_for_update,
    first_words, image_ids, is_taken_back, last_messages, messages, messages_by_ids,
};
pub use participants::{
    changed_after, companions_among, last_activity, member_ids, other_among, other_member, participants_of,
    seats_among, seats_of, unread_total,
};
pub use reactions::{Reaction, emoji_keys, reactions_of};
pub use search::{Where, count_found, index_words, index_words_anew, search};
