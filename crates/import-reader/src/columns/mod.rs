//! The columns of a file and what they mean.

mod aliases;
mod header;
mod private;
mod shape;

pub(crate) use header::{Header, PRIVATE, is_species_title, known_titles};
pub(crate) use shape::check_shape;
