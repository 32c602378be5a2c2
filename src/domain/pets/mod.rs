//! Pets: one report is one animal at one moment.
//!
//! Promises: the true point, the address, the microchip number and the private marks leave the server only for those
//! whom [`policy`] names; everything public is made from one masked point per report; a report goes through its life in
//! one direction, and what is over stays over.

mod describe;
mod model;
mod place;
mod search_text;
mod store;

pub mod policy;
pub mod search;

pub use describe::{breed_label, distance_from};
pub use model::{can_become, check_step, is_live, next_statuses};
pub use place::{Located, LocationInput, locate, place_columns, point_at};
pub use search_text::search_text;
pub use store::{favorites_among, find, find_many, find_sighting, visible_to};
