//! Lists of reports.

mod connection;
mod list;
mod own;
mod plain;

pub use connection::{pet_connection, whole_connection};
pub use list::{ListPart, PetList};
pub use own::{favorites_of_viewer, pets_of_viewer};
pub use plain::is_public;
