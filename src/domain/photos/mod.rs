//! Photos and the uploads that they are made from.
//!
//! Promises: bytes arrive once, whole and durable, or not at all; a photo is made anew from its pixels, so nothing that
//! travelled in the file (place, camera, hidden payloads) is ever served; one upload becomes at most one photo, however
//! often and at how many places at once it is asked for. Photos of pets are public under ids that nobody can guess;
//! images of chats are served only by signed links that end. How photos of pets look is
//! remembered, so that they can be searched with a picture; images of chats are not looked at.
//!
//! Refuses: what is not a JPEG, PNG or WebP by its content, what is too large in bytes or pixels, forged or expired
//! links, other members' uploads.

mod create_upload;
mod forget_uploads;
mod format;
pub mod image;
mod learn_photos;
mod limits;
mod links;
mod look_at_upload;
mod looks;
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
pub use forget_uploads::forget_uploads;
pub use learn_photos::{hash_photos, learn_all_photos, learn_photos};
pub use links::{Ticket, thumbnail_url, upload_url, url};
pub use look_at_upload::{ask_about_upload, look_at_upload};
pub use looks::looks_of;
pub use open_photo::{is_public, open_photo, read_variant};
pub use read_upload::{find_upload, read_upload, use_upload};
pub use store::{by_ids, find_own, find_visible, load_for, note_shown};
pub use store_upload::{StoreUploadError, store_upload};
pub use sweep_photos::sweep_photos;
pub use update_profile::{UpdateProfile, update_profile};
pub use upload_photo::{UploadPhoto, upload_photo};
pub use variant::{Variant, upload_blob_key};
