//! Passwords: how they are kept, changed, and replaced when they are forgotten.

mod change;
mod frequent;
mod hashing;
mod reauthenticate;
mod reset;
mod store;
mod turns;

pub use change::{ChangePassword, change_password};
pub use hashing::{RECOMMENDED_COST, Settings};
pub use reauthenticate::confirm_password;
pub use reset::{ResetPassword, request_password_reset, reset_password, send_reset_mail};

pub(super) use hashing::{check, hash, verify};
pub(super) use reauthenticate::confirm_recent;
