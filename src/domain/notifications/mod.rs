//! Numbered alerts and notifications for members, stored once and replayed from any number.
//!
//! Promises: the subject of a notification is its unique key, so a job that runs twice notifies once. A member's
//! numbers have no gaps, so a client that has number n and receives n + 1 has missed nothing.

mod ask_about_adoptions;
mod jobs;
mod mark_notifications_read;
mod notify;
mod send_digests;
mod send_match_digests;
mod store;

pub use ask_about_adoptions::ask_about_adoptions;
pub use jobs::{
    WebhookOff, alert_match, tell_claim, tell_connector_off, tell_conversation, tell_decision, tell_import,
    tell_mail_refused, tell_match_ended, tell_searches, tell_shelter_verified, tell_sighting, tell_transfer,
    tell_webhook_off,
};
pub use mark_notifications_read::mark_notifications_read;
pub use send_digests::send_digests;
pub use send_match_digests::send_match_digests;
pub use store::{
    alerts_after, count, find, last_alert, last_notification, notifications_after, page, resume_from, unread_count,
};
