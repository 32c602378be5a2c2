//! Saved searches, and how members learn of new results.

mod cells;
mod create_saved_search;
mod delete_saved_search;
mod digest;
mod listeners;
mod mark_saved_search_seen;
mod news;
mod store;
mod update_saved_search;

pub use create_saved_search::{CreateSavedSearch, create_saved_search};
pub use delete_saved_search::delete_saved_search;
pub use digest::{Digest, digest_of, take_digest};
pub use listeners::{Listening, fitting, listening, note_hits};
pub use mark_saved_search_seen::mark_saved_search_seen;
pub use news::new_count;
pub use store::{due, filter_of, find, hold, saved_by};
pub use update_saved_search::update_saved_search;
