//! What leaves the system about a shelter's animals: files at signed addresses, and a public list for its web site.
//!
//! An address is made for somebody who may see the animals, holds for an hour, and is bound to the shelter, the kind of file and
//! its arguments; whether chips and exact places are in the file is decided by who asked for the address. Files are read a page
//! at a time, so memory does not grow with them.

mod address;
mod around;
mod feed;
mod inventory;
mod monthly;
mod pages;
mod pet_fbi;
mod store;

pub use address::{Export, inventory_url, monthly_url, pet_fbi_url};
pub use feed::{feed, feed_url};
pub use monthly::monthly_figures;
pub use pages::{ExportPages, open_export};

pub(super) use address::NOTES;
