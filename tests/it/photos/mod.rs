//! Uploads, photos, and how they are served.

mod avatar;
mod create_upload;
pub mod file;
mod forget_uploads;
mod import_file;
mod media;
mod sender;
mod store_upload;
mod upload_photo;
