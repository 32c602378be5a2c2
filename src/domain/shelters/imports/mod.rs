//! Imports as seen by the people who send the files. The work itself is in [`super::run_import`].

mod cancel_import;
mod file;
mod import_pets;
mod mappings;
mod preview_import;
mod progress;
mod store;
mod sweep_imports;

pub use cancel_import::cancel_import;
pub use import_pets::{ImportPets, import_pets};
pub use mappings::{
    SaveImportMapping, columns_of, delete_import_mapping, mapping_of, mappings_of, save_import_mapping, titles_of,
};
pub use preview_import::{ImportPreview, PreviewImport, preview_import};
pub use progress::import_progress;
pub use store::{
    count_errors, count_imports, count_warnings, errors_of, find_import, ignored_columns, imports_of, warnings_of,
};
pub use sweep_imports::sweep_imports;

pub(super) use import_pets::{IMPORTS, inline_blob_key};
pub(super) use preview_import::PREVIEWS;
pub(super) use store::{is_over, load};
