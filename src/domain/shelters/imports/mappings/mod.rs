//! What shelters say of the columns of their files, and keep for the next file with the same titles.
//!
//! What is said in a request counts before what was saved. A column that is private in the system that writes it is never
//! read for what everybody sees. The mapping of an import is settled when it is queued, so that all runs of its job read
//! the file alike.

mod check;
mod delete_import_mapping;
mod resolve;
mod save_import_mapping;
mod store;

pub use delete_import_mapping::delete_import_mapping;
pub use save_import_mapping::{SaveImportMapping, save_import_mapping};
pub use store::{columns_of, mapping_of, mappings_of, titles_of};

pub(super) use check::check_titles;
pub(super) use resolve::{Resolved, resolve};
pub(super) use save_import_mapping::keep;
