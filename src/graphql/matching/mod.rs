//! Matches in the schema.

mod alert;
mod mutation;
mod object;

pub use alert::{MatchSubscription, latest_alert_number, number};
pub use mutation::MatchMutation;
pub use object::{Match, matches_of_viewer};
