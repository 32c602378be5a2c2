//! Reports on the map: clusters, heat maps, and what was reported nearby.

mod around;
mod heat;
mod pet_map;

pub use around::around;
pub use heat::{Corner, HeatCell, pet_heatmap};
pub use pet_map::{Cluster, PetMap, pet_map};
