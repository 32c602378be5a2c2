//! Uploads, photos, and how they are served.

mod avatar;
mod create_upload;
pub mod file;
mod finder;
mod forget_uploads;
mod import_file;
mod media;
mod models;
pub mod onnx;
mod orphans;
mod photo_search;
mod quota;
pub mod scene;
mod sender;
mod similar;
mod similarity_index;
mod store_upload;
mod upload_photo;
