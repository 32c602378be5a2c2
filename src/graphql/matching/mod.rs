//! Matches in the schema.

mod alert;
mod loaders;
mod mutation;
mod object;
mod statistics;
mod viewer;

pub use alert::{MatchSubscription, number};
pub use loaders::Revealed;
pub use mutation::MatchMutation;
pub use object::{Match, match_connection};
pub use statistics::MatchQuery;
pub use viewer::MatchViewer;
