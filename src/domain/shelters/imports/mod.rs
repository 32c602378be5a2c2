//! Imports as seen by the people who send the files. The work itself is in [`super::run_import`].

mod cancel_import;
mod import_pets;
mod progress;
mod store;
mod sweep_imports;

pub use cancel_import::cancel_import;
pub use import_pets::{ImportPets, import_pets};
pub use progress::import_progress;
pub use store::{
    count_errors, count_imports, count_warnings, errors_of, find_import, ignored_columns, imports_of, warnings_of,
};
pub use sweep_imports::sweep_imports;

pub(super) use import_pets::inline_blob_key;
pub(super) use store::{is_over, load};
