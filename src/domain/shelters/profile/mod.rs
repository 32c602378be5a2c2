//! What a shelter says of itself: its details, when it is open, and how many animals it can house.

mod change;
mod given_hours;
mod occupancy;
mod open;
mod stored;

pub mod hours;

pub use change::ProfileChange;
pub use given_hours::{GivenException, GivenSpan};
pub use occupancy::{SpeciesOccupancy, occupancy_by_species};
pub use stored::{hours_of, open_now, opens_at};

pub(super) use change::{follow, what_changed};
pub(super) use occupancy::percent;
pub(super) use open::ids_open;
