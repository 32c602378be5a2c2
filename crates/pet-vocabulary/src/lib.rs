//! Parses the words that people and shelters use for animals into the enumerations of the tables.
//!
//! Every function is pure, accepts any text, and returns "unknown" (`None` or an `Unknown` value) rather than guessing.
//! Callers keep the raw text beside the result. Used by pets, matching and shelters.

mod age;
mod breeds;
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
pub use breeds::{
    BreedsInText, NormalisedBreed, breed_group, breeds_in_text, normalise_breed, parse_mixed, search_breeds,
    species_of_breed,
};
pub use coat::parse_coat;
pub use colors::{NormalisedColors, normalise_colors, parse_pattern};
pub use microchip::{Chip, ChipKind, ChipReading, MOST_CHIPS, parse_microchip};
pub use sex::{parse_altered, parse_sex};
pub use size::parse_size;
pub use species::{SpeciesWord, names_species, parse_species};
pub use spelling::fold;
pub use weight::{WeightUnit, parse_weight};
pub use words::{is_piece, stored_words, wanted_words};
