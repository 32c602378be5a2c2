//! Recommends reports to a member, each with a reason.
//!
//! The sources, in order of weight: the member's own open reports, saved searches, search history, favourites. The
//! member's own reports and existing favourites are left out; if a report has several reasons, the best one counts. A
//! request reads at most 800 rows: 20 own reports and their dismissed pairs, 50 saved searches, 20 searches from the
//! history, 10 favourites, and 10 or 20 reports for each of at most 30 of these. All places are masked ones, including
//! the member's own.

mod by_search;
mod gathering;
mod like_favorite;
mod near_own;

use self::gathering::{Gathering, MOST};
use crate::{
    deps::Deps,
    kernel::{Error, Result, Viewer},
};

pub use gathering::Recommendation;

/// The best recommendations for a member, best first, at most 50. The result only depends on the stored data and the
/// time.
pub async fn recommended_pets(deps: &Deps, viewer: &Viewer, first: i32) -> Result<Vec<Recommendation>> {
    let member_id = viewer.require_member()?;
    let most = usize::try_from(first).ok().filter(|most| *most <= MOST);
    let most = most.ok_or_else(|| Error::BadInput(format!("first must be from 0 to {MOST}").into()))?;
    let mut gathering = Gathering::new(deps, viewer, member_id);
    gathering.near_own().await?;
    gathering.of_saved_searches().await?;
    gathering.of_history().await?;
    gathering.like_favorites().await?;
    gathering.finish(most).await
}
