//! Rebuilds the search index of messages after the rules for splitting words have changed.

use super::store;
use crate::{deps::Deps, kernel::Result};

/// Re-indexes every message under the current rules. It can be interrupted, repeated, and run while people write:
/// messages changed in the meantime are already indexed under the current rules.
pub async fn index_words_anew(deps: &Deps) -> Result<()> {
    let mut last = 0;
    while let Some(end) = store::index_words_anew(deps, last).await? {
        last = end;
    }
    Ok(())
}
