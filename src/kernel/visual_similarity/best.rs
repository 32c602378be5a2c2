//! Keeps the best-scoring photo of each of the best owners.

use std::{
    cmp::Reverse,
    collections::{BinaryHeap, HashSet},
    hash::Hash,
};

/// Maximum number of photos in one report, and so the most entries that one owner can take up.
const PHOTOS_EACH: usize = 10;

/// A bounded heap of the best scores seen so far.
pub(super) struct Best<S, K> {
    owners: usize,
    kept: BinaryHeap<Reverse<(S, K)>>,
}

impl<S: Ord + Copy, K: Ord + Copy + Hash> Best<S, K> {
    /// Makes room for this many owners.
    pub fn of(owners: usize) -> Self {
        Self {
            owners,
            kept: BinaryHeap::new(),
        }
    }

    /// Whether a photo with this score could still be among the best.
    pub fn wants(&self, score: S) -> bool {
        self.kept.len() < self.room() || self.kept.peek().is_some_and(|Reverse((worst, _))| *worst <= score)
    }

    /// Offers a photo.
    pub fn show(&mut self, score: S, key: K) {
        self.kept.push(Reverse((score, key)));
        if self.room() < self.kept.len() {
            self.kept.pop();
        }
    }

    /// The best photo of each owner, best owner first. Ties go to the greater key.
    pub fn owners(self) -> Vec<(K, S)> {
        let mut seen = HashSet::new();
        let all = self.kept.into_sorted_vec().into_iter();
        all.map(|Reverse((score, key))| (key, score))
            .filter(|(key, _)| seen.insert(*key))
            .take(self.owners)
            .collect()
    }

    fn room(&self) -> usize {
        self.owners.saturating_mul(PHOTOS_EACH)
    }
}
