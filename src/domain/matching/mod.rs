//! Pairs of reports that may be about the same animal.
//!
//! Promises: every new or changed report is scored against all open counterparts in its ring, whatever its source. Each
//! pair is one row. A dismissed pair never causes an alert again. Scores use public points only, so that no score
//! reveals where somebody lives.

mod candidates;
mod counterparts;
mod decisions;
mod digest;
mod find_matches;
mod lists;
mod pair;
mod policy;
mod resemblance;
mod shelter_bells;
mod standings;
mod statistics;
mod store;
mod subject;

pub use decisions::{Dismissal, confirm, confirm_match, dismiss_match, end_matches, is_ruled_out, known_pairs};
pub use digest::{WeakMatches, digests_due, take_digest};
pub use find_matches::find_matches;
pub use lists::ListFloors;
pub use policy::{may_see_matches, speaks_for};
pub use resemblance::resemblance;
pub use statistics::{MatchCount, statistics};
pub use store::{
    Listed, Of, count, decisions, dismissed_with, factors, find, open_matches_of_shelter, page, sides, with_id,
    with_ids,
};
