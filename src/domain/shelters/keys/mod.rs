//! API keys for shelters' scripts.

mod authenticate_key;
mod create_api_key;
mod revoke_api_key;
mod store;

pub use authenticate_key::authenticate_key;
pub use create_api_key::{CreateApiKey, NewKey, create_api_key};
pub use revoke_api_key::revoke_api_key;
pub use store::{ended_keys, find_key, keys_of};

pub(super) use revoke_api_key::revoke_keys_of;
pub(super) use store::is_live;
