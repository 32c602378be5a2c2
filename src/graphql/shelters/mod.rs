//! Shelters in the schema.

mod api_key;
mod dashboard;
mod directory;
mod import;
mod import_mutation;
mod import_subscription;
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
pub use import::Import;
pub use import_mutation::ImportMutation;
pub use import_subscription::ImportSubscription;
pub use invitation::StaffInvitation;
pub use keys::KeyMutation;
pub use loaders::Shelters;
pub use query::ShelterQuery;
pub use shelter::Shelter;
pub use staff::ShelterStaff;
pub use team::StaffMutation;
pub use viewer::ShelterViewer;
