//! Where a node keeps the looks of open reports.

use std::sync::{Arc, PoisonError, RwLock};

use tokio::sync::{Mutex, MutexGuard};

use super::LookIndex;

/// A [`LookIndex`] that many read and one at a time brings up to date; cheap to clone.
#[derive(Clone, Default)]
pub struct LiveLooks(Arc<Parts>);

#[derive(Default)]
struct Parts {
    index: RwLock<LookIndex>,
    cursor: Mutex<Option<i64>>,
}

/// The turn to bring the index up to date; the next one waits until it is dropped.
pub struct Turn<'a> {
    looks: &'a LiveLooks,
    cursor: MutexGuard<'a, Option<i64>>,
}

impl LiveLooks {
    /// Waits for a turn.
    pub async fn turn(&self) -> Turn<'_> {
        Turn {
            looks: self,
            cursor: self.0.cursor.lock().await,
        }
    }

    /// Looks something up.
    pub fn read<T>(&self, look: impl FnOnce(&LookIndex) -> T) -> T {
        look(&self.0.index.read().unwrap_or_else(PoisonError::into_inner))
    }
}

impl Turn<'_> {
    /// The number of the last event that is in the index; `None` when nothing is in it yet.
    pub fn cursor(&self) -> Option<i64> {
        *self.cursor
    }

    /// Changes the index, which holds everything up to that event then. Readers see all of the change or nothing.
    pub fn advance(&mut self, to: i64, change: impl FnOnce(&mut LookIndex)) {
        change(&mut self.looks.0.index.write().unwrap_or_else(PoisonError::into_inner));
        *self.cursor = Some(to);
    }
}
