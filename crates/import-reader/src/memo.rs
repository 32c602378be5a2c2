//! Caches what is read from cells that recur, such as breeds and colours.

use std::{cell::RefCell, collections::HashMap, hash::Hash};

/// Maximum number of spellings in the cache for each context.
const MEMORY_LIMIT: usize = 10_000;
/// Longer cells in bytes are texts, which hardly recur.
const LONGEST: usize = 200;

/// What cells mean, each in a context such as its column. A context that is full is emptied, so that all stays small.
pub(super) struct Memo<C, V>(RefCell<HashMap<C, HashMap<String, V>>>);

impl<C: Eq + Hash, V: Clone> Memo<C, V> {
    pub(super) fn new() -> Self {
        Self(RefCell::default())
    }

    /// The cached value for a cell, computed if it is missing. It must depend on nothing but the context and the cell.
    pub(super) fn recall(&self, context: C, cell: &str, work_out: impl FnOnce() -> V) -> V {
        if LONGEST < cell.len() {
            return work_out();
        }
        let known = |memory: &HashMap<C, HashMap<String, V>>| memory.get(&context)?.get(cell).cloned();
        if let Some(value) = known(&self.0.borrow()) {
            return value;
        }
        // Working it out may recall other cells.
        let value = work_out();
        let mut memory = self.0.borrow_mut();
        let cells = memory.entry(context).or_default();
        if MEMORY_LIMIT <= cells.len() {
            cells.clear();
        }
        cells.insert(cell.to_owned(), value.clone());
        value
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers_are_worked_out_once_for_each_context_and_memory_stays_small() {
        let memory = Memo::new();
        let mut worked = 0;
        for (context, cell) in [(1, "dog"), (1, "dog"), (2, "dog"), (2, "cat"), (1, "dog")] {
            let length = memory.recall(context, cell, || {
                worked += 1;
                context * cell.len()
            });
            assert_eq!(length, context * 3);
        }
        assert_eq!(worked, 3);
        for number in 0..2 * MEMORY_LIMIT {
            assert_eq!(memory.recall(3, &number.to_string(), || number), number);
        }
        let kept: usize = memory.0.borrow().values().map(HashMap::len).sum();
        assert!(kept <= MEMORY_LIMIT + 3);
    }

    #[test]
    fn texts_are_not_kept() {
        let memory = Memo::new();
        let text = "x".repeat(LONGEST + 1);
        assert_eq!(memory.recall((), &text, || 1), 1);
        assert_eq!(memory.recall((), &text, || 2), 2);
    }
}
