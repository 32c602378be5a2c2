//! Writes the words of messages anew, after the way in which they are cut has changed.

use super::store;
use crate::{deps::Deps, kernel::Result};

/// Gives every message the words that it would be stored with today. May be interrupted and run again at any time, and beside
/// people who write: what they have changed meanwhile has its new words already.
pub async fn index_words_anew(deps: &Deps) -> Result<()> {
    let mut last = 0;
    while let Some(end) = store::index_words_anew(deps, last).await? {
        last = end;
    }
    Ok(())
}
