//! Sessions on devices, and the tokens that prove them.

mod access_tokens;
mod authenticate;
mod device;
mod ed25519;
mod ended_log_ins;
mod log_in;
mod log_out;
mod refresh_tokens;
mod tokens;

pub use access_tokens::public_keys;
pub use authenticate::{Authenticated, authenticate_member};
pub use device::device;
pub use ended_log_ins::ended_log_ins;
pub use log_in::{LogIn, log_in};
pub use log_out::{log_out, revoke_session};
pub use refresh_tokens::refresh_tokens;

pub(super) use log_in::open_session;
pub(super) use log_out::revoke;
