//! Which reports somebody wants to see.

mod area;
mod index_filter;
mod outline;
mod scan;

pub use area::Area;
pub use index_filter::{Facts, IndexFilter};
pub use scan::CompiledFilter;
