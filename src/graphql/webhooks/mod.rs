//! Webhooks in the schema.

mod delivery;
mod inputs;
mod mutation;
mod webhook;

pub use delivery::WebhookDelivery;
pub use mutation::WebhookMutation;
pub use webhook::Webhook;
