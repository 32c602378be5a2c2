//! The public directory of shelters: its orders, and those around a report.

mod nearby;
mod order;

pub use nearby::{Nearby, distance_from, nearby_shelters};
pub use order::{Sort, list};
