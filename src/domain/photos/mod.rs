//! Photos, and the uploads that they are made from.
//!
//! Bytes are stored once, completely and durably, or not at all. A photo is re-encoded from its pixels, so nothing
//! else in the file (location, camera, hidden payloads) is ever served. One upload becomes at most one photo, however
//! often and from however many places it is requested. Photos of pets are public under unguessable ids; chat images
//! are served only through signed links that expire. Visual features of pets' photos are stored for searching by
//! picture; chat images are not analysed.
//!
//! Refuses files whose content is not JPEG, PNG or WebP, files with too many bytes or pixels, forged or expired links,
//! and other members' uploads.

mod create_upload;
mod features;
mod forget_uploads;
mod format;
pub mod image;
mod learn_photos;
mod limits;
mod links;
mod look_at_upload;
mod open_photo;
mod picture;
mod process;
mod quota;
mod read_upload;
mod store;
mod store_upload;
mod sweep_photos;
mod update_profile;
mod upload_photo;
mod variant;

pub use create_upload::{CreateUpload, create_upload};
pub use features::features_of;
pub use forget_uploads::forget_uploads;
pub use learn_photos::{hash_photos, learn_all_photos, learn_photos};
pub use links::{Ticket, thumbnail_url, upload_url, url};
pub use look_at_upload::{ask_about_upload, look_at_upload};
pub use open_photo::{is_public, open_photo, read_variant};
pub use read_upload::{find_upload, read_upload, use_upload};
pub use store::{by_ids, find_own, find_visible, load_for, note_shown};
pub use store_upload::{StoreUploadError, store_upload};
pub use sweep_photos::sweep_photos;
pub use update_profile::{UpdateProfile, update_profile};
pub use upload_photo::{UploadPhoto, upload_photo};
pub use variant::{Variant, upload_blob_key};

use crate::deps::Limit;

/// Rate limits for photos.
pub const LIMITS: &[Limit] = &[create_upload::UPLOADS, look_at_upload::LOOKS];
