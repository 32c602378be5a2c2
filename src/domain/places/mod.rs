//! Places: words to points and points to names, from the table in the program and from a service.
//!
//! Promises: a service is asked once a second at most by all nodes together, never twice for the same while its answer is
//! good, and left alone when it asks for that or fails. What people ask for is kept as a keyed hash, because an address
//! is personal. What waits to be looked up survives a restart.

mod agenda;
mod answers;
mod asker;
mod extent;
mod geocode;
mod links;
mod look_up;
mod meaning;
mod names;
mod near;
mod rate;

pub use agenda::{Subject, due, failed, forget, give_up, is_given_up, lease, next_due, postpone, want};
pub use answers::forget_old_answers;
pub use asker::Asker;
pub use extent::{precision_of, reach_meters};
pub use geocode::{Geocoded, geocode};
pub use links::{directions_url, street_view_url};
pub use look_up::{LookUp, PlaceQuery, is_online, look_up};
pub use meaning::{Meaning, meaning};
pub use names::{Names, names_near};
pub use near::{near, near_offline, point_in};

use crate::deps::Limit;

/// Rate limits for looking up places.
pub const LIMITS: &[Limit] = &[asker::QUESTIONS, asker::COMPLETIONS];
