//! The best of many, one for each owner.

use std::{
    cmp::Reverse,
    collections::{BinaryHeap, HashSet},
    hash::Hash,
};

/// Photos of one report: the most that an owner can have among the best.
const PHOTOS_EACH: usize = 10;

/// Keeps the best of what is shown to it, in little room.
pub(super) struct Best<S, K> {
    owners: usize,
    kept: BinaryHeap<Reverse<(S, K)>>,
}

impl<S: Ord + Copy, K: Ord + Copy + Hash> Best<S, K> {
    /// Keeps the best of so many owners.
    pub fn of(owners: usize) -> Self {
        Self {
            owners,
            kept: BinaryHeap::new(),
        }
    }

    /// Whether a photo of that score could be among the best.
    pub fn wants(&self, score: S) -> bool {
        self.kept.len() < self.room() || self.kept.peek().is_some_and(|Reverse((worst, _))| *worst <= score)
    }

    /// Shows it a photo.
    pub fn show(&mut self, score: S, key: K) {
        self.kept.push(Reverse((score, key)));
        if self.room() < self.kept.len() {
            self.kept.pop();
        }
    }

    /// The best photo of each owner, the best owner first; of equals the one with the greater key.
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
