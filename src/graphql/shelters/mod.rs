//! Shelters in the schema.

mod api_key;
mod dashboard;
mod directory;
mod exports;
mod imports;
mod invitation;
mod keys;
mod loaders;
mod query;
mod shelter;
mod staff;
mod team;
mod viewer;

pub use api_key::ApiKey;
pub use directory::ShelterMutation;
pub use imports::{Import, ImportMutation, ImportSubscription};
pub use invitation::StaffInvitation;
pub use keys::KeyMutation;
pub use loaders::Shelters;
pub use query::ShelterQuery;
pub use shelter::Shelter;
pub use staff::ShelterStaff;
pub use team::StaffMutation;
pub use viewer::ShelterViewer;
