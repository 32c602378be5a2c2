//! Sightings of a pet that was reported lost.

mod add_sighting;
mod store;

pub use add_sighting::{AddSighting, Added, add_sighting};
pub use store::{count_sightings, find_sighting, is_own_sighting, may_see_exact_sighting, sightings_of};

pub(super) use add_sighting::SIGHTINGS;
