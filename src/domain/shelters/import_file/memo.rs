//! Caches results for cells that recur, such as breeds and colours.

use std::{collections::HashMap, hash::Hash};

/// Maximum number of spellings in the cache.
const MEMORY_LIMIT: usize = 10_000;

/// A cache that is emptied when full, so that it stays small.
pub(super) struct Memo<K, V>(HashMap<K, V>);

impl<K: Eq + Hash, V: Clone> Memo<K, V> {
    pub(super) fn new() -> Self {
        Self(HashMap::new())
    }

    /// The cached value for a key, computed if it is missing.
    pub(super) fn recall(&mut self, key: K, work_out: impl FnOnce(&K) -> V) -> V {
        if let Some(known) = self.0.get(&key) {
            return known.clone();
        }
        if MEMORY_LIMIT <= self.0.len() {
            self.0.clear();
        }
        let value = work_out(&key);
        self.0.insert(key, value.clone());
        value
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers_are_worked_out_once_and_memory_stays_small() {
        let mut memory = Memo::new();
        let mut worked = 0;
        for key in [1, 1, 2] {
            memory.recall(key, |key| {
                worked += 1;
                key * 2
            });
        }
        assert_eq!(worked, 2);
        for key in 0..2 * MEMORY_LIMIT {
            assert_eq!(memory.recall(key, |key| key * 2), key * 2);
            assert!(memory.0.len() <= MEMORY_LIMIT);
        }
    }
}
