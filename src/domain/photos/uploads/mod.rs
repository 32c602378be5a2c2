//! Uploads, from their announcement until they are used or forgotten.

mod create_upload;
mod forget_uploads;
mod limits;
mod quota;
mod read_upload;
mod store_upload;

pub use create_upload::{CreateUpload, create_upload};
pub use forget_uploads::{forget_upload, forget_uploads};
pub use read_upload::{find_upload, read_upload, use_upload};
pub use store_upload::{StoreUploadError, store_upload};

pub(super) use create_upload::UPLOADS;
pub(super) use read_upload::{fault, not_arrived, used};
