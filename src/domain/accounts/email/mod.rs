//! Addresses: how members verify and change theirs.

mod change;
mod give_way;
mod verification;

pub use change::{ChangeEmail, EmailConfirmed, change_email, confirm_email_change, pending_email, send_change_mail};
pub use verification::{request_email_verification, send_verification_mail, verify_email};

pub(super) use change::cancel_change;
pub(super) use verification::hold;
