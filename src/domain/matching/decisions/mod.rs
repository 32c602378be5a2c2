//! What people decide about matches, and what ends them.

mod confirm_match;
mod decision;
mod dismiss_match;
mod end_matches;
mod known_pairs;

pub use confirm_match::{confirm, confirm_match};
pub(super) use decision::release;
pub use dismiss_match::{Dismissal, dismiss_match};
pub use end_matches::end_matches;
pub use known_pairs::known_pairs;
