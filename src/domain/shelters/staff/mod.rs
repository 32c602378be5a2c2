//! Who joins and leaves a shelter's staff.

mod accept_invitation;
mod invite_staff;
mod remove_staff;

pub use accept_invitation::accept_invitation;
pub use invite_staff::{InviteStaff, Invited, invite_staff, send_invitation_mail};
pub use remove_staff::remove_staff;
