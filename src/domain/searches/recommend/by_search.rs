//! What the member's searches find, saved ones and those of the history.

use super::Gathering;
use crate::{
    domain::{
        pets::search::Sort,
        searches::{description::description, history, model::SavedFilter, store},
    },
    kernel::{Result, page::Page},
};

/// Saved searches that are asked, last made first.
const SAVED: usize = 10;
/// Searches of the history that are asked, last made first.
const REMEMBERED: u32 = 5;
/// Reports of each.
const FOUND: u32 = 10;
/// Scores: the least, and what newness adds.
const SAVED_SCORES: (f64, f64) = (0.5, 0.2);
const REMEMBERED_SCORES: (f64, f64) = (0.1, 0.2);

impl Gathering<'_> {
    /// The newest reports that fit the member's saved searches.
    pub(super) async fn of_saved_searches(&mut self) -> Result<()> {
        let saved = store::saved_by(self.deps.db.read(), self.member_id).await?;
        for search in saved.iter().take(SAVED) {
            let reason = format!("Matches your saved search “{}”", search.name);
            self.newest(store::filter_of(search)?, &reason, SAVED_SCORES).await?;
        }
        Ok(())
    }

    /// The newest reports that fit what the member looked for last.
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
