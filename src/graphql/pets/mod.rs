//! Pets in the schema.

mod breed;
mod inputs;
mod lists;
mod loaders;
mod map;
mod mutation;
mod notice;
mod pet;
mod place;
mod plan;
mod private_parts;
mod query;
mod sighting;
mod stats;
mod viewer;

pub use breed::Breed;
pub use inputs::{AreaInput, BoundsInput, CoordinatesInput, DistanceUnit, LocationInput, PetFilter};
pub use lists::pet_connection;
pub use loaders::{Pets, PrivateViews};
pub use map::{HeatQuery, MapSubscription};
pub use mutation::PetMutation;
pub use pet::Pet;
pub use place::{Coordinates, Place};
pub use query::PetQuery;
pub use sighting::Sighting;
pub use viewer::PetViewer;
