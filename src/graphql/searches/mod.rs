//! What members look for, in the schema.

mod filter;
mod history;
mod mutation;
mod recommended;
mod saved_search;

pub use history::{SearchHistoryEntry, history_is_kept, history_of_viewer};
pub use mutation::SearchMutation;
pub use recommended::{RecommendedPet, recommended_pets};
pub use saved_search::{SavedSearch, saved_searches_of_viewer};
