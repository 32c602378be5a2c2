//! Reading the event log, and everything that is kept up to date from it.

mod facts;
mod follow;
mod history;
mod read_model;
mod read_models;

pub use facts::{EVENTS_OF_A_LOOK, Fact, events_after};
pub use follow::{Following, follow, patiently};
pub use history::OfAnotherHistory;
pub use read_model::{FollowsLog, LogHead, ReadModel};
pub use read_models::{Follower, ReadModels};
