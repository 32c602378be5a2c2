//! Breeds: the list of them, and how people write them.

mod cell;
mod hints;
mod in_text;
mod list;
mod mixed;
mod search;

pub use cell::{NormalisedBreed, normalise_breed};
pub use in_text::{BreedsInText, breeds_in_text};
pub use list::{breed_group, species_of_breed};
pub use mixed::parse_mixed;
pub use search::search_breeds;
