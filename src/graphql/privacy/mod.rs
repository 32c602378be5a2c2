//! What members may do with their data as a whole, in the schema.

mod consent;
mod data_export;
mod mutation;
mod viewer;

pub use consent::ConsentMutation;
pub use data_export::DataExport;
pub use mutation::PrivacyMutation;
pub use viewer::PrivacyViewer;
