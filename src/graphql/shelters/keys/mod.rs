//! API keys in the schema.

mod api_key;
mod mutation;

pub use api_key::ApiKey;
pub use mutation::KeyMutation;
