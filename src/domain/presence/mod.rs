//! Presence: who is online, and when members were last online.
//!
//! A member is online while they have a socket open on any node, and for a few seconds after; if a node vanishes,
//! until its leases expire. Presence is shown to members in contact with each other, except to those from whom a
//! member hides it and across a block; viewers who may not see it cannot tell that from "never seen". Nothing here
//! fails because presence is unknown.

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
