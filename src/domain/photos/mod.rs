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

mod develop;
mod fetched_photo;
pub mod image;
mod links;
mod open_photo;
mod policy;
mod process;
mod store;
mod sweep_photos;
mod update_profile;
mod upload_photo;
mod uploads;
mod variant;
mod visual_features;

pub use develop::NewPhotos;
pub use fetched_photo::FetchedPhoto;
pub use links::{thumbnail_url, upload_ticket, upload_url, url};
pub use open_photo::{open_photo, read_variant};
pub use policy::is_public;
pub use store::{by_ids, find_own, find_own_of_key, find_visible, load_for, note_shown};
pub use sweep_photos::sweep_photos;
pub use update_profile::{UpdateProfile, update_profile};
pub use upload_photo::{UploadPhoto, upload_photo};
pub use uploads::{
    CreateUpload, StoreUploadError, create_upload, find_upload, forget_upload, forget_uploads, read_upload,
    store_upload, use_upload,
};
pub use variant::{Variant, upload_blob_key};
pub use visual_features::{
    ask_about_upload, features_of, hash_photos, learn_all_photos, learn_photos, learned_features, look_at_file,
    look_at_upload, with_photos,
};

use crate::deps::Limit;

/// Rate limits for photos.
pub const LIMITS: &[Limit] = &[uploads::UPLOADS, visual_features::LOOKS];
