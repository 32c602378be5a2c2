//! Takes the bytes of a file apart into records of cells.

mod encoding;
mod formula;
mod json;
mod json_layout;
mod record;
mod scan;
mod separator;
mod window;
mod workbook;

pub(crate) use encoding::Utf8Reader;
pub(crate) use json::Objects;
pub(crate) use record::{Fault, Record, Records, Step};
pub(crate) use separator::{HEADER_WITHIN, separator};
pub(crate) use window::Window;
pub(crate) use workbook::Workbook;

pub use formula::restored;
pub use workbook::WorkbookError;
