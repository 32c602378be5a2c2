//! What people decide about matches, and what ends them.

mod confirm_match;
mod decision;
mod dismiss_match;
mod end_matches;
mod known_pairs;

pub use confirm_match::{confirm, confirm_match};
pub use decision::is_ruled_out;
pub(super) use decision::{NO_FACTORS, release};
pub use dismiss_match::{Dismissal, dismiss_match};
pub use end_matches::end_matches;
pub(super) use end_matches::refill;
pub use known_pairs::known_pairs;
