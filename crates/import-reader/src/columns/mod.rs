//! The columns of a file and what they mean.

mod aliases;
mod column;
mod header;
mod shape;

pub(crate) use column::Column;
pub(crate) use header::{GENERIC, Header, is_species_title};
pub(crate) use shape::check_shape;
