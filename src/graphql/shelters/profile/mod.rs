//! What a shelter says of itself, and what a report shows of the shelters around it.

mod hours;
mod inputs;
mod nearby;
mod occupancy;

pub use hours::{HoursException, OpeningHours};
pub use inputs::{HoursExceptionInput, OpeningHoursInput, SpeciesCapacityInput};
pub use nearby::NearbyShelter;
pub use occupancy::SpeciesOccupancy;
