//! Pets: one report is one animal at one moment.
//!
//! Promises: the true point, the address, the microchip number and the private marks leave the server only for those
//! whom [`policy`] names; everything public is made from masked points, one for all that a member reports of a neighbourhood; a report goes through its life in
//! one direction, and what is over stays over.

mod add_sighting;
mod ages;
mod anchors;
mod around;
mod chips;
mod close_pet;
mod copies;
mod describe;
mod details;
mod duplicates;
mod favorite_pet;
mod geocoding;
mod heat;
mod index_words;
mod live;
mod live_index;
mod map;
mod model;
mod own;
mod photos;
mod place;
mod private_view;
mod public_place;
mod report_pet;
mod search_text;
mod set_visibility;
mod sightings;
mod stats;
mod store;
mod update_pet;

pub mod policy;
pub mod search;
pub mod visual_similarity;

pub use add_sighting::{AddSighting, Added, add_sighting};
pub use ages::{age_columns, grow_older};
pub use around::around;
pub use chips::{chips_of, with_any_chip};
pub use close_pet::close_pet;
pub use copies::{Traits, copies_among};
pub use describe::{breed_label, distance_from};
pub use details::{BreedWords, Change, Details, private_marks};
pub use favorite_pet::{favorite_pet, unfavorite_pet};
pub use geocoding::{Missing, Step, geocode_missing, note_places, resolve_next_place};
pub use heat::{Corner, HeatCell, pet_heatmap};
pub use index_words::index_words_anew;
pub use live::{is_live, live, live_in_sql, live_of_few};
pub use live_index::{follow_changes, look_at};
pub use map::{Cluster, PetMap, pet_map};
pub use model::{can_become, check_step, next_statuses};
pub use own::{count_favorites, count_pets_by, favorites_of, pets_by};
pub use place::{Located, LocationInput, locate, point_at, towns_meant};
pub use private_view::{PrivatePart, PrivateView, record_views};
pub use public_place::unowned_place_columns;
pub use report_pet::{ReportPet, Reported, report_pet};
pub use search::Area;
pub use search_text::search_text;
pub use set_visibility::set_visibility;
pub use sightings::{count_sightings, find_sighting, may_see_exact_sighting, sightings_of};
pub use stats::{Stats, stats};
pub use store::{favorites_among, find, find_many, is_reporter_of_any, names_visible, visible_to};
pub use update_pet::{UpdatePet, Updated, update_pet};

use crate::deps::Limit;

/// Rate limits for reports.
pub const LIMITS: &[Limit] = &[report_pet::REPORTS, add_sighting::SIGHTINGS, private_view::VIEWS];
