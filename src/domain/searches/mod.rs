//! Saved searches with notifications, search history, and recommendations.
//!
//! Promises: only the member sees their own. A saved filter keeps its meaning for ever. A search notifies of a report
//! once, and never of the member's own. However many searches there are, a new report is compared only with the few
//! registered where it is. Like all searches, these use masked points only.

mod description;
mod form;
mod history;
mod model;
mod recommend;
mod saved;

pub use description::{description, kind_word, singular};
pub use form::{read, write};
pub use history::{
    clear_search_history, count_searched_by, filter_of_entry, find_searched, is_kept, keep_search_history,
    record_search, searched_by, stop_search_history,
};
pub use model::{SavedFilter, SearchChanges, fault_of_filter};
pub use recommend::{Recommendation, recommended_pets};
pub use saved::{
    CreateSavedSearch, Digest, Listening, create_saved_search, delete_saved_search, digest_of, due, filter_of, find,
    fitting, hold, listening, mark_saved_search_seen, new_count, note_hits, saved_by, take_digest, update_saved_search,
};
