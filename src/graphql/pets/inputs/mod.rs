//! What clients say: places, filters, and what they know of an animal.

mod filter;
mod report;

pub use filter::{AreaInput, BoundsInput, CoordinatesInput, DistanceUnit, LocationInput, PetFilter, PetSort};
pub use report::{ReportPetInput, UpdatePetInput};
