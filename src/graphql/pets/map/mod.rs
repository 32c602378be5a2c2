//! The map, the heat map, and how both change.

mod changes;
mod heat;
mod pet_map;

pub use changes::MapSubscription;
pub use heat::HeatQuery;
pub use pet_map::{MapPart, PetMap, PetMapAnswer};
