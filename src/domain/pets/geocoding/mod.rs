//! Reports and sightings whose place the program could not find by itself, or not exactly, and the service that may.
//!
//! A report is stored at once with what the table of postal codes knows, and goes onto the agenda in the same transaction.
//! Later, and for days if the service is away, somebody asks: for the point of an address, and for the name of a masked
//! point that is in no known neighbourhood. What is found is only written if the place is still the one that was asked for.

mod agenda;
mod given_place;
mod missing;
mod need;
mod resolve;

pub use agenda::note_places;
pub use missing::{Missing, geocode_missing};
pub use resolve::{Step, resolve_next_place};

pub(super) use agenda::{note_pet, note_sighting};
