//! Pets: one report is one animal at one moment.
//!
//! Promises: the true point, the address, the microchip number and the private marks leave the server only for those
//! whom [`policy`] names; everything public is made from masked points, one for all that a member reports of a neighbourhood; a report goes through its life in
//! one direction, and what is over stays over. What a shelter knows of an animal besides is kept by `custody`, which goes
//! along with these use cases in their transactions.

mod ages;
mod describe;
mod favorite_pet;
mod geocoding;
mod index_words;
mod live;
mod live_index;
mod map;
mod model;
mod own;
mod place;
mod private_view;
mod reports;
mod search_text;
mod sightings;
mod stats;
mod store;

pub mod policy;
pub mod search;
pub mod visual_similarity;

pub use ages::{age_columns, grow_older};
pub use describe::{breed_label, distance_from, label_of_breed};
pub use favorite_pet::{favorite_pet, unfavorite_pet};
pub use geocoding::{Missing, Step, geocode_missing, note_places, resolve_next_place};
pub use index_words::index_words_anew;
pub use live::{is_live, live, live_in_sql, live_of_few, of_shelters_without_place};
pub use live_index::{follow_changes, look_at};
pub use map::{Cluster, Corner, HeatCell, PetMap, around, pet_heatmap, pet_map};
pub use model::{can_become, check_step, next_statuses};
pub use own::{count_favorites, count_pets_by, favorites_of, pets_by};
pub use place::{
    Located, LocationInput, is_only_its_town, locate, locate_in, point_at, same_place_columns, towns_meant,
    unowned_place_columns,
};
pub use private_view::{PrivatePart, PrivateView, record_views};
pub use reports::{
    BreedWords, Change, Details, MOST_PHOTOS, ReportPet, Reported, Told, Traits, UpdatePet, Updated, chips_of, close,
    copies_among, count_report, erase_report, photos_shown, private_marks, report_pet, report_to_close, set_visibility,
    show_photos, update_pet, with_any_chip,
};
pub use search::Area;
pub use search_text::search_text;
pub use sightings::{
    AddSighting, Added, add_sighting, count_sightings, find_sighting, is_own_sighting, may_see_exact_sighting,
    sightings_of,
};
pub use stats::{Stats, stats};
pub use store::{
    favorites_among, find, find_for_update, find_many, is_reporter_of_any, lock_open, names_visible, visible_to,
};

use crate::deps::Limit;

/// Rate limits for reports.
pub const LIMITS: &[Limit] = &[
    reports::REPORTS,
    sightings::SIGHTINGS,
    private_view::VIEWS,
    search::SEARCHES,
];
