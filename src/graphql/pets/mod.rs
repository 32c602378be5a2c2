//! Pets in the schema.

mod connection;
mod inputs;
mod loaders;
mod pet;
mod place;
mod query;

pub use connection::{pet_connection, search_connection};
pub use inputs::{AreaInput, BoundsInput, CoordinatesInput, DistanceUnit, LocationInput, PetFilter, PetSort};
pub use loaders::{Favorites, Pets};
pub use pet::Pet;
pub use place::{Coordinates, Place};
pub use query::PetQuery;
