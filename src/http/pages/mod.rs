//! Pages for browsers: the one for developers, and those that shared links and mails lead to.

pub mod account;
pub mod developers;
pub mod nothing_here;
mod pet_page;
pub mod share;
mod web_files;
