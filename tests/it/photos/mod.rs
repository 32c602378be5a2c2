//! Uploads, photos, and how they are served.

mod avatar;
mod create_upload;
mod evaluate;
mod evidence;
mod forget_uploads;
mod import_file;
mod media;
pub mod models;
mod orphans;
mod photo_search;
pub mod pictures;
mod quota;
mod report_with_uploads;
mod search_client;
mod similar;
mod similarity_index;
mod store_upload;
pub mod tiny_models;
mod upload_client;
pub mod upload_files;
mod upload_photo;
