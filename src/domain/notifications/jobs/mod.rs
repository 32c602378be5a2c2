//! The jobs that tell members what has happened.

mod alert_match;
mod called;
mod match_people;
mod tell_claim;
mod tell_conversation;
mod tell_decision;
mod tell_import;
mod tell_mail_refused;
mod tell_match_ended;
mod tell_searches;
mod tell_shelter;
mod tell_sighting;

pub use alert_match::alert_match;
pub use tell_claim::tell_claim;
pub use tell_conversation::tell_conversation;
pub use tell_decision::tell_decision;
pub use tell_import::tell_import;
pub use tell_mail_refused::tell_mail_refused;
pub use tell_match_ended::tell_match_ended;
pub use tell_searches::tell_searches;
pub use tell_shelter::{WebhookOff, tell_connector_off, tell_shelter_verified, tell_transfer, tell_webhook_off};
pub use tell_sighting::tell_sighting;
