//! API keys for shelters' scripts.

mod authenticate_key;
mod create_api_key;
mod issue;
mod revoke_api_key;
mod rotate_api_key;
mod store;

pub use authenticate_key::{AuthenticatedKey, authenticate_key};
pub use create_api_key::{CreateApiKey, create_api_key};
pub use issue::NewKey;
pub use revoke_api_key::revoke_api_key;
pub use rotate_api_key::{RotateApiKey, rotate_api_key};
pub use store::{ended_keys, find_key, keys_of};

pub(super) use authenticate_key::NETWORKS;
pub(super) use revoke_api_key::revoke_keys_of;
pub(super) use store::is_live;
