//! The second factor: an authenticator app (TOTP, RFC 6238) or text messages, with recovery codes for whoever has lost it.
//!
//! The app's secret is encrypted in the database. A code works once: its time step, and all before it, are spent. Codes
//! are asked for only after the right password, and guessing is limited as for passwords: nobody elsewhere can lock the
//! member out of the networks where they have logged in.

mod check_code;
mod enrol;
mod recovery_codes;
mod store;
mod texts;
mod totp;

pub use enrol::{DisableSecondFactor, StartTotp, TotpSecret, confirm_totp, disable_second_factor, start_totp};
pub use recovery_codes::{CreateRecoveryCodes, create_recovery_codes};
pub use store::{TwoFactor, reseal, two_factor_of};
pub use texts::{log_in_code, pending_log_in_code, turn_on_texts};

pub(super) use check_code::{CHANGED, check_code, refuse_unasked};
pub(super) use store::remove;
