//! Pages for browsers: the one for developers, and those that shared links lead to.

pub mod developers;
mod markup;
pub mod nothing_here;
mod pet_page;
pub mod share;
mod web_files;

pub use markup::escape;
