//! The columns of a file and what they mean.

mod aliases;
mod beside;
mod by_words;
mod completed;
mod header;
mod homemade;
mod mapping;
mod private;
mod shape;
mod title;

pub(crate) use header::{Header, is_species_title, known_titles};
pub(crate) use shape::check_shape;

pub use mapping::{MappedColumn, Mapping, MappingFault, header_fingerprint};
