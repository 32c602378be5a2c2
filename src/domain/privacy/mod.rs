//! What members may do with their data as a whole: take it with them, and have it deleted.

mod archive;
mod delete_account;
mod erase;
mod make_export;
mod model;
mod readable;
mod request_export;
mod sections;
mod store;

pub use delete_account::delete_account;
pub use erase::erase_account;
pub use make_export::{make_export, send_export_mail};
pub use model::{download_url, is_downloadable};
pub use request_export::request_data_export;
pub use store::{export_of, exports_of, forget_exports, open_export};

use crate::deps::Limit;

/// Rate limits for exports.
pub const LIMITS: &[Limit] = &[request_export::EXPORTS];
