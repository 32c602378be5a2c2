//! Search history: the searches that a member made lately.

mod clear_search_history;
mod record_search;
mod set_search_history;
mod store;

pub use clear_search_history::clear_search_history;
pub use record_search::record_search;
pub use set_search_history::{keep_search_history, stop_search_history};
pub use store::{count_searched_by, filter_of_entry, find_searched, is_kept, searched_by};
