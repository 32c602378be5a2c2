//! Webhooks in the schema.

mod delivery;
mod inputs;
mod loaders;
mod mutation;
mod webhook;

pub use delivery::WebhookDelivery;
pub use loaders::Webhooks;
pub use mutation::WebhookMutation;
pub use webhook::Webhook;
