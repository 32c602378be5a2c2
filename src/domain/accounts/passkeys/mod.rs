//! Passkeys (WebAuthn Level 3): keys that a member's device keeps and opens with a finger, a face or a PIN.
//!
//! A log-in with one needs neither password nor code: the device has checked who holds it, and the key is good for this
//! server's host name only, so that no other site can ask for it. Which account it opens, the device says itself. Each
//! challenge is stored here and good for one answer within five minutes.

mod add;
mod challenges;
mod log_in;
mod manage;
mod relying_party;
mod store;

pub use add::{AddPasskey, add_passkey, start_passkey_registration};
pub use log_in::{log_in_with_passkey, start_passkey_log_in};
pub use manage::{RemovePasskey, remove_passkey, rename_passkey};
pub use store::passkeys_of;

pub(super) use challenges::forget_challenges;
pub(super) use store::forget_passkeys;
