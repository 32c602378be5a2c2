//! A shelter's figures for its staff, at once and as a stream. Days are those of its time zone, and stays that were taken back
//! count nowhere.

mod board;
mod follow;
mod periods;

pub use board::{Dashboard, dashboard, holds_ending_soon, occupancy};
pub use follow::{Watched, follow_dashboard};
pub use periods::{count_days, stay_lengths};
