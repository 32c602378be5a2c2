//! Pets in the schema.

mod breed;
mod connection;
mod heat;
mod inputs;
mod list;
mod loaders;
mod map;
mod map_changes;
mod mutation;
mod own;
mod pet;
mod place;
mod plain;
mod plan;
mod query;
mod report_input;
mod sighting;
mod stats;
mod viewer;

pub use connection::pet_connection;
pub use heat::HeatQuery;
pub use inputs::{AreaInput, BoundsInput, LocationInput, PetFilter};
pub use loaders::Pets;
pub use map_changes::MapSubscription;
pub use mutation::PetMutation;
pub use pet::Pet;
pub use place::{Coordinates, Place};
pub use query::PetQuery;
pub use sighting::Sighting;
pub use viewer::PetViewer;
