//! Where an animal was, and the masked place that everybody may see.

mod anchors;
mod location;
mod public_place;
mod same_place;

pub use location::{Located, LocationInput, is_only_its_town, locate, locate_in, point_at, towns_meant};
pub use public_place::unowned_place_columns;
pub use same_place::same_place_columns;

pub(super) use location::is_more_exact;
pub(super) use public_place::{name_columns, place_columns, sighting_columns};
