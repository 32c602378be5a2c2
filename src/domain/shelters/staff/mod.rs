//! Joining and leaving a shelter's staff, and roles in it.

mod accept_invitation;
mod change_role;
mod invitations;
mod invite_staff;
mod remove_staff;
mod withdraw_invitation;

pub use accept_invitation::accept_invitation;
pub use change_role::{ChangeStaffRole, change_staff_role};
pub use invitations::{find_invitation, invitations_of};
pub use invite_staff::{InviteStaff, Invited, invite_staff, send_invitation_mail};
pub use remove_staff::{erase_staff, remove_staff};
pub use withdraw_invitation::withdraw_invitation;

pub(super) use invite_staff::{OF_MEMBER, OF_SHELTER, TO_ADDRESS};
