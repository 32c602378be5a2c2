//! Shelters: the directory, their staff and API keys, and imports and exports of their animals.
//!
//! A shelter is public from the moment it is registered, and only an admin can verify it. A key is shown once and
//! stored as a hash. A file is imported exactly once, however often its job is killed, and sending it again changes
//! nothing. For a day it can be taken back. Refused are real imports for unverified shelters, leaving a shelter without an
//! admin among its staff, and snapshots that would remove more than a fifth of the animals without a word about it.

mod access;
mod dashboard;
mod directory;
mod exports;
mod hold_settings;
mod imports;
mod keys;
mod model;
mod photo_fetching;
mod profile;
mod register_shelter;
mod run_import;
mod settings;
mod staff;
mod store;
mod take_back;
mod turn;
mod update_shelter;
mod verify_shelter;

pub use dashboard::{
    Dashboard, Watched, count_days, dashboard, follow_dashboard, holds_ending_soon, occupancy, stay_lengths,
};
pub use directory::{Nearby, Sort, distance_from, list, nearby_shelters};
pub use exports::{
    Export, ExportPages, feed, feed_url, inventory_url, monthly_figures, monthly_url, open_export, pet_fbi_url,
};
pub use hold_settings::HoldSettings;
pub use imports::{
    AnnouncedFile, ImportPreview, PreviewImport, SaveImportMapping, SentFile, announce_file, columns_of,
    delete_import_mapping, mapping_of, mappings_of, preview_import, receive_import, save_import_mapping, titles_of,
};
pub use imports::{
    ColumnSummary, Faults, ImportPets, PulledFile, PulledImport, by_ids as imports_by_ids, cancel_import, count_errors,
    count_imports, count_warnings, errors_of, find_import, forget_changes as forget_import_changes, ignored_columns,
    import_pets, import_progress, imports_of, open_report as open_import_report, rate as import_rate,
    remaining_seconds, remedy, report_url as import_report_url, running_imports_of, summary as import_summary,
    sweep_imports, undo_import, warnings_of,
};
pub use keys::{
    AuthenticatedKey, CreateApiKey, NewKey, RotateApiKey, authenticate_key, create_api_key, ended_keys, find_key,
    keys_of, revoke_api_key, rotate_api_key,
};
pub use model::RegisterShelter;
pub use photo_fetching::{
    PhotoCounts, count_photo_failures, fetch_photos, forget_fetches, photo_counts, photo_failures_of,
};
pub use profile::{
    GivenException, GivenSpan, ProfileChange, SpeciesOccupancy, hours, hours_of, occupancy_by_species, open_now,
    opens_at,
};
pub use register_shelter::register_shelter;
pub use run_import::run_import;
pub use settings::Settings;
pub use staff::{
    ChangeStaffRole, InviteStaff, Invited, accept_invitation, change_staff_role, erase_staff, find_invitation,
    invitations_of, invite_staff, remove_staff, send_invitation_mail, withdraw_invitation,
};
pub use store::{ShelterFilter, by_ids, count, find};
pub use take_back::take_back;
pub use turn::TURN;
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
    imports::PREVIEWS,
    keys::NETWORKS,
    store::SEARCHES,
];
