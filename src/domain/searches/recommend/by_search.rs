//! Recommends results of the member's saved searches and search history.

use super::gathering::Gathering;
use crate::{
    domain::{
        pets::search::Sort,
        searches::{description::description, history, model::SavedFilter, saved},
    },
    kernel::{Result, page::Page},
};

/// Number of saved searches used, newest first.
const SAVED: usize = 10;
/// Number of searches from the history used, most recent first.
const REMEMBERED: u32 = 5;
/// Number of reports per search.
const FOUND: u32 = 10;
/// Scores: the minimum, and the maximum bonus for recent reports.
const SAVED_SCORES: (f64, f64) = (0.5, 0.2);
const REMEMBERED_SCORES: (f64, f64) = (0.1, 0.2);

impl Gathering<'_> {
    /// The newest reports that match the member's saved searches.
    pub(super) async fn of_saved_searches(&mut self) -> Result<()> {
        let saved = saved::saved_by(self.deps.db.read(), self.member_id).await?;
        for search in saved.iter().take(SAVED) {
            let reason = format!("Matches your saved search “{}”", search.name);
            self.newest(saved::filter_of(search)?, &reason, SAVED_SCORES).await?;
        }
        Ok(())
    }

    /// The newest reports that match the member's most recent searches.
    pub(super) async fn of_history(&mut self) -> Result<()> {
        let db = self.deps.db.read();
        let searched = history::searched_by(db, self.member_id, &Page::first(REMEMBERED)).await?;
        for (_, entry) in &searched.items {
            let filter = history::filter_of_entry(entry)?;
            let reason = format!("Matches a recent search of yours: {}", description(db, &filter).await?);
            self.newest(filter, &reason, REMEMBERED_SCORES).await?;
        }
        Ok(())
    }

    async fn newest(&mut self, saved: SavedFilter, reason: &str, scores: (f64, f64)) -> Result<()> {
        for pet in self.find(saved.filter, Sort::Newest, FOUND).await? {
            let score = scores.0 + scores.1 * self.freshness(&pet);
            self.offer(pet, score, reason);
        }
        Ok(())
    }
}
