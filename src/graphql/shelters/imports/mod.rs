//! Imports: starting them, watching them, and what is wrong with their rows.

mod import;
mod mapping;
mod meaning;
mod mutation;
mod photos;
mod preview;
mod subscription;

pub use import::{Import, import_connection};
pub use mapping::{ImportMapping, ImportMappingMutation, mappings_of};
pub use mutation::ImportMutation;
pub use preview::PreviewMutation;
pub use subscription::ImportSubscription;
