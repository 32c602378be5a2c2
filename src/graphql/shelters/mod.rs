//! Shelters in the schema.

mod dashboard;
mod directory;
mod exports;
mod hold_rules;
mod imports;
mod invitation;
mod keys;
mod loaders;
mod profile;
mod query;
mod shelter;
mod staff;
mod team;
mod viewer;

pub use dashboard::DashboardSubscription;
pub use directory::ShelterMutation;
pub use imports::{Import, ImportMutation, ImportSubscription};
pub use imports::{ImportMapping, ImportMappingMutation, PreviewMutation};
pub use invitation::StaffInvitation;
pub use keys::{ApiKey, KeyMutation};
pub use loaders::Shelters;
pub use profile::NearbyShelter;
pub use query::ShelterQuery;
pub use shelter::Shelter;
pub use staff::ShelterStaff;
pub use team::StaffMutation;
pub use viewer::ShelterViewer;
