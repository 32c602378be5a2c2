//! How fast an import is, as far as its row tells: no batch writes anything for it.

use std::time::Duration;

use entity::{Timestamp, import, vocabulary::ImportState};

/// Before that, a batch or two say nothing.
const SHORTEST: Duration = Duration::from_secs(1);

/// Rows a second since the first one was applied; `None` unless rows are being applied.
pub fn rate(import: &import::Model, now: Timestamp) -> Option<f64> {
    let begun = import
        .started_at
        .filter(|_| import.state == ImportState::Running && 0 < import.processed)?;
    let elapsed = now.since(begun);
    (SHORTEST <= elapsed).then(|| f64::from(import.processed) / elapsed.as_secs_f64())
}

/// Seconds until the last row is applied, if it goes on like that; `None` if that is not known.
pub fn remaining_seconds(import: &import::Model, now: Timestamp) -> Option<i32> {
    let left = import.total.saturating_sub(import.processed).max(0);
    let seconds = (f64::from(left) / rate(import, now)?).ceil();
    // A conversion from a larger number gives the largest one.
    Some(seconds as i32)
}
