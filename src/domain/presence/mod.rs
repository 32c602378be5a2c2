//! Presence: who is online, and when they last were.
//!
//! Promises: a member is online while any socket of theirs is open on any node, and a few seconds longer; of a node that
//! vanished, until its leases end. It is shown to those who are in touch with the member, and to nobody from
//! whom the member hides it, nor across a block; who may not see it cannot tell that from "never seen". Nothing here
//! fails because presence is not known.

mod follow_presence;
mod note_seen;
mod store;
mod update_presence;
mod visible;

pub use follow_presence::follow_presence;
pub use note_seen::note_seen;
pub use store::{count_hidden_from, hidden_from};
pub use update_presence::{hide_presence, update_presence};
pub use visible::{Presence, presences};
