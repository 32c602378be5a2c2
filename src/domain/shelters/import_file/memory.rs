//! Remembers what was worked out for cells that come again and again, such as breeds and colours.

use std::{collections::HashMap, hash::Hash};

/// So many different spellings are remembered at a time.
const MEMORY_LIMIT: usize = 10_000;

/// Answers that were worked out before; forgets everything when full, so that it stays small.
pub(super) struct Memory<K, V>(HashMap<K, V>);

impl<K: Eq + Hash, V: Clone> Memory<K, V> {
    pub(super) fn new() -> Self {
        Self(HashMap::new())
    }

    /// The answer for a key, worked out once.
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
        let mut memory = Memory::new();
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
