//! What members look for, in the schema.

mod filter;
mod history;
mod mutation;
mod recommended;
mod saved_search;
mod viewer;

pub use history::SearchHistoryEntry;
pub use mutation::SearchMutation;
pub use recommended::RecommendedPet;
pub use saved_search::SavedSearch;
pub use viewer::SearchViewer;
