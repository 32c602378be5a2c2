//! Numbered alerts and notifications for members, stored once and replayed from any number.
//!
//! Promises: the subject of a notification is its unique key, so a job that runs twice notifies once. A member's
//! numbers have no gaps, so a client that has number n and receives n + 1 has missed nothing.

mod alert_match;
mod called;
mod mark_notifications_read;
mod notify;
mod send_digests;
mod store;
mod tell_confirmation;
mod tell_conversation;
mod tell_import;
mod tell_mail_refused;
mod tell_searches;
mod tell_shelter;
mod tell_sighting;

pub use alert_match::alert_match;
pub use mark_notifications_read::mark_notifications_read;
pub use send_digests::send_digests;
pub use store::{
    alerts_after, count, find, last_alert, last_notification, notifications_after, page, resume_from, unread_count,
};
pub use tell_confirmation::tell_confirmation;
pub use tell_conversation::tell_conversation;
pub use tell_import::tell_import;
pub use tell_mail_refused::tell_mail_refused;
pub use tell_searches::tell_searches;
pub use tell_shelter::tell_shelter_verified;
pub use tell_sighting::tell_sighting;
