//! Saved searches with notifications, search history, and recommendations.
//!
//! Promises: only the member sees their own. A saved filter keeps its meaning for ever. A search notifies of a report
//! once, and never of the member's own. However many searches there are, a new report is compared only with the few
//! registered where it is. Like all searches, these use masked points only.

mod cells;
mod clear_search_history;
mod create_saved_search;
mod delete_saved_search;
mod description;
mod digest;
mod form;
mod history;
mod listeners;
mod mark_saved_search_seen;
mod model;
mod news;
mod recommend;
mod record_search;
mod set_search_history;
mod store;
mod update_saved_search;

pub use clear_search_history::clear_search_history;
pub use create_saved_search::{CreateSavedSearch, create_saved_search};
pub use delete_saved_search::delete_saved_search;
pub use description::{description, kind_word, singular};
pub use digest::{Digest, digest_of, take_digest};
pub use form::{read, write};
pub use history::{count_searched_by, filter_of_entry, find_searched, is_kept, searched_by};
pub use listeners::{Listening, fitting, listening, note_hits};
pub use mark_saved_search_seen::mark_saved_search_seen;
pub use model::{SavedFilter, SearchChanges, fault_of_filter};
pub use news::new_count;
pub use recommend::{Recommendation, recommended_pets};
pub use record_search::record_search;
pub use set_search_history::{keep_search_history, stop_search_history};
pub use store::{due, filter_of, find, hold, saved_by};
pub use update_saved_search::update_saved_search;
