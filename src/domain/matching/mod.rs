//! Pairs of reports that may be one animal.
//!
//! Promises: every report that comes in or changes is scored against all open counterparts in its ring, wherever it
//! came from; each pair is one row; a dismissed pair never alerts again; scores are made from public points only, so
//! that no score tells where somebody lives.

mod candidates;
mod confirm_match;
mod dismiss_match;
mod find_matches;
mod policy;
mod resemblance;
pub mod score;
mod store;
mod subject;

pub use confirm_match::confirm_match;
pub use dismiss_match::dismiss_match;
pub use find_matches::find_matches;
pub use policy::may_decide;
pub use resemblance::resemblance;
pub use store::{
    Mine, count_of_viewer, dismissed_with, factors, find, of_viewer, open_matches_of_shelter, revealed_to, sides,
    with_id,
};
