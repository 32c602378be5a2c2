//! Selects the best of many rows for one page of a list.

use std::{cmp::Ordering, collections::BinaryHeap};

use super::{Run, Window};
use crate::{PinRef, reports::rows::Rows};

/// Keeps only as many rows of a window as a page needs: one more than requested. Keys ascend along the list.
pub struct Shortlist<K> {
    window: Window<K>,
    /// The greatest row is the first to be dropped.
    rows: BinaryHeap<Row<K>>,
}

/// A row with its key; the order is reversed when paging backward.
struct Row<K> {
    key: K,
    slot: u32,
    backward: bool,
}

impl<K: Ord> Ord for Row<K> {
    fn cmp(&self, other: &Self) -> Ordering {
        let order = self.key.cmp(&other.key);
        if self.backward { order.reverse() } else { order }
    }
}

impl<K: Ord> PartialOrd for Row<K> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl<K: Ord> PartialEq for Row<K> {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other).is_eq()
    }
}

impl<K: Ord> Eq for Row<K> {}

impl<K: Ord + Copy> Shortlist<K> {
    /// An empty selection.
    pub fn of(window: Window<K>) -> Self {
        Self {
            window,
            rows: BinaryHeap::new(),
        }
    }

    /// Adds a row if it is in the window and may be among the best.
    pub fn offer(&mut self, key: K, slot: u32) {
        let window = &self.window;
        if window.after.is_some_and(|after| key <= after) || window.before.is_some_and(|before| before <= key) {
            return;
        }
        let row = Row {
            key,
            slot,
            backward: window.backward,
        };
        if self.rows.len() <= window.limit {
            self.rows.push(row);
        } else if let Some(mut worst) = self.rows.peek_mut().filter(|worst| row < **worst) {
            *worst = row;
        }
    }

    /// Whether rows for whose key `is_passed` would be true can no longer matter when paging forward: the page is full
    /// of better ones, or the window ends before them.
    pub fn is_beyond(&self, is_passed: impl Fn(&K) -> bool) -> bool {
        let is_full = self.window.limit < self.rows.len();
        is_full && self.rows.peek().is_some_and(|worst| is_passed(&worst.key))
            || self.window.before.as_ref().is_some_and(is_passed)
    }

    /// The page of the best rows.
    pub fn page(self, rows: &Rows) -> Run<'_> {
        let sorted = self.rows.into_sorted_vec();
        let slots = sorted.into_iter().map(|row| row.slot).collect();
        page(slots, &self.window, rows)
    }
}

/// Makes a page from the rows in walking order, which may hold one row more than requested.
pub fn page<'a, K>(mut slots: Vec<u32>, window: &Window<K>, rows: &'a Rows) -> Run<'a> {
    let more = window.limit < slots.len();
    slots.truncate(window.limit);
    if window.backward {
        slots.reverse();
    }
    let items = slots.into_iter().map(|slot| PinRef::of(rows, slot)).collect();
    Run { items, more }
}
