//! Webhooks: a shelter's own systems are told what happens to its animals, matches, claims and imports.
//!
//! An event is one delivery per webhook, however often it is noticed. A delivery holds ids only, is signed, and is tried
//! for three days; a webhook at which all tries have failed for that long is turned off, and the ADMINs of its shelter are
//! told. Refused are addresses within the server's own network, at creation as well as at every delivery.

mod create_webhook;
mod delete_webhook;
mod deliveries;
mod model;
mod reseal;
mod rotate_webhook_secret;
mod secret;
mod store;
mod update_webhook;

pub use create_webhook::{CreateWebhook, create_webhook};
pub use delete_webhook::delete_webhook;
pub use deliveries::{
    TestWebhook, TurnedOff, calls_for_deliveries, count_deliveries, deliver, deliveries_of, find_delivery,
    forget_deliveries, may_be_told, queue_deliveries, replay_webhook_delivery, send_turned_off_mail, test_webhook,
    turned_off,
};
pub use model::{NewWebhook, events_of};
pub use reseal::reseal;
pub use rotate_webhook_secret::{RotateWebhookSecret, rotate_webhook_secret};
pub use store::{by_ids, find, webhooks_of};
pub use update_webhook::{UpdateWebhook, update_webhook};

use crate::deps::Limit;

/// Rate limits for webhooks.
pub const LIMITS: &[Limit] = &[deliveries::BY_HAND];
