//! Imports as seen by the people who send the files. The work itself is in [`super::run_import`], and that of taking one
//! back in `take_back`.

mod cancel_import;
mod changes;
mod file;
mod hand_on;
mod import_pets;
mod import_pulled;
mod mappings;
mod preview_import;
mod progress;
mod receive_import;
mod results;
mod store;
mod sweep_imports;
mod undo_import;

pub use cancel_import::cancel_import;
pub use import_pets::{ImportPets, import_pets};
pub use import_pulled::{PulledFile, PulledImport};
pub use mappings::{
    SaveImportMapping, columns_of, delete_import_mapping, mapping_of, mappings_of, save_import_mapping, titles_of,
};
pub use preview_import::{ImportPreview, PreviewImport, preview_import};
pub use progress::import_progress;
pub use receive_import::{AnnouncedFile, SentFile, announce_file, receive_import};
pub use results::{ColumnSummary, Faults, open_report, rate, remaining_seconds, remedy, report_url, summary};
pub use store::{
    by_ids, count_errors, count_imports, count_warnings, errors_of, find_import, ignored_columns, imports_of,
    running_imports_of, warnings_of,
};
pub use sweep_imports::{forget_changes, sweep_imports};
pub use undo_import::undo_import;

pub(super) use changes::{Changed, Former, ReportState, Versions, record_changes};
pub(super) use hand_on::{Restored, hand_on};
pub(super) use import_pets::{IMPORTS, inline_blob_key};
pub(super) use preview_import::PREVIEWS;
pub(super) use store::{is_importing, load, running_imports};
