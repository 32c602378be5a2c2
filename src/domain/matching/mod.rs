//! Pairs of reports that may be about the same animal.
//!
//! Promises: every new or changed report is scored against all open counterparts in its ring, whatever its source. Each
//! pair is one row. A dismissed pair never causes an alert again. Scores use public points only, so that no score
//! reveals where somebody lives.

mod candidates;
mod confirm_match;
mod dismiss_match;
mod find_matches;
mod policy;
mod resemblance;
mod store;
mod subject;

pub use confirm_match::confirm_match;
pub use dismiss_match::dismiss_match;
pub use find_matches::find_matches;
pub use policy::may_decide;
pub use resemblance::resemblance;
pub use store::{
    Mine, count_of_viewer, dismissed_with, factors, find, of_viewer, open_matches_of_shelter, sides, with_id, with_ids,
};
