//! Lists of reports, read page by page.

mod nearest;
mod newest;
mod shortlist;
mod window;

pub use window::{Run, Window};
