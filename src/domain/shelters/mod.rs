//! Shelters: the directory, their staff and API keys, and imports and exports of their animals.
//!
//! A shelter is public from the moment it is registered, and only an admin can verify it. A key is shown once and
//! stored as a hash. A file is imported exactly once, however often its job is killed, and sending it again changes
//! nothing. Refused are real imports for unverified shelters, leaving a shelter without an admin among its staff, and
//! snapshots that would remove more than a fifth of the animals.

mod access;
mod dashboard;
mod exports;
mod imports;
mod keys;
mod model;
mod register_shelter;
mod run_import;
mod settings;
mod staff;
mod store;
mod time_zone;
mod update_shelter;
mod verify_shelter;

pub use dashboard::{Dashboard, HOLD_FOR, dashboard, occupancy};
pub use exports::{
    Export, ExportPages, feed, feed_url, inventory_url, monthly_figures, monthly_url, open_export, pet_fbi_url,
};
pub use imports::{
    ImportPets, cancel_import, count_errors, count_imports, count_warnings, errors_of, find_import, ignored_columns,
    import_pets, import_progress, imports_of, sweep_imports, warnings_of,
};
pub use keys::{
    AuthenticatedKey, CreateApiKey, NewKey, RotateApiKey, authenticate_key, create_api_key, ended_keys, find_key,
    keys_of, revoke_api_key, rotate_api_key,
};
pub use model::RegisterShelter;
pub use register_shelter::register_shelter;
pub use run_import::{TURN as IMPORT_TURN, run_import};
pub use settings::Settings;
pub use staff::{
    ChangeStaffRole, InviteStaff, Invited, accept_invitation, change_staff_role, erase_staff, find_invitation,
    invitations_of, invite_staff, remove_staff, send_invitation_mail, withdraw_invitation,
};
pub use store::{ShelterFilter, by_ids, count, find, list};
pub use time_zone::time_zone;
pub use update_shelter::{UpdateShelter, update_shelter};
pub use verify_shelter::verify_shelter;

use crate::deps::Limit;

/// Rate limits for shelters.
pub const LIMITS: &[Limit] = &[
    register_shelter::REGISTRATIONS,
    staff::OF_SHELTER,
    staff::OF_MEMBER,
    staff::TO_ADDRESS,
    exports::NOTES,
    imports::IMPORTS,
    keys::NETWORKS,
    store::SEARCHES,
];
