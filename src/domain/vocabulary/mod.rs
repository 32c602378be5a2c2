//! Parses the words that people and shelters use for animals into the enumerations of the tables.
//!
//! Every function is pure, accepts any text, and returns "unknown" (`None` or an `Unknown` value) rather than guessing.
//! Callers keep the raw text beside the result. Used by pets, matching and shelters.

mod age;
mod breed_hints;
mod breed_list;
mod breed_search;
mod breeds;
mod breeds_in_text;
mod coat;
mod colors;
mod microchip;
mod sex;
mod size;
mod species;
mod spelling;
mod weight;
mod words;

pub use age::{Age, age_group_of_days, next_stage_after, parse_age};
pub use breed_list::{breed_group, species_of_breed};
pub use breed_search::search_breeds;
pub use breeds::{NormalisedBreed, normalise_breed};
pub use breeds_in_text::{BreedsInText, breeds_in_text};
pub use coat::parse_coat;
pub use colors::{NormalisedColors, normalise_colors, parse_pattern};
pub use microchip::{Chip, ChipKind, ChipReading, parse_microchip};
pub use sex::{parse_altered, parse_sex};
pub use size::parse_size;
pub use species::{SpeciesWord, parse_species};
pub use spelling::fold;
pub use weight::{WeightUnit, parse_weight};
pub use words::{is_piece, stored_words, wanted_words};
