//! Reports ordered by the time at which they were made.

use std::ops::Bound;

use entity::id::PetId;

use super::{pages::Pages, rows::ColdRow};

/// A chunk with more slots is split in half.
const MOST_IN_CHUNK: usize = 512;

/// The sort key: time in milliseconds, then id.
pub type Key = (i64, PetId);

/// Slots in ascending order of time and id, in chunks so that insertion anywhere is cheap.
#[derive(Debug, Clone, Default)]
pub struct Timeline {
    chunks: Vec<Vec<u32>>,
}

impl Timeline {
    /// A timeline of slots that are already in order.
    pub fn of(slots: &[u32]) -> Self {
        let chunks = slots.chunks(MOST_IN_CHUNK / 2).map(<[u32]>::to_vec).collect();
        Self { chunks }
    }

    /// Inserts a slot.
    pub fn insert(&mut self, slot: u32, cold_rows: &Pages<ColdRow>) {
        let key = cold_rows.at(slot).time_key();
        let (place, within) = self.place(&key, cold_rows);
        let Some(chunk) = self.chunks.get_mut(place) else {
            self.chunks.push(vec![slot]);
            return;
        };
        chunk.insert(within, slot);
        if MOST_IN_CHUNK < chunk.len() {
            let later = chunk.split_off(MOST_IN_CHUNK / 2);
            chunk.shrink_to(MOST_IN_CHUNK / 2 + MOST_IN_CHUNK / 8);
            self.chunks.insert(place + 1, later);
        }
    }

    /// Removes a slot, whose row must still exist.
    pub fn remove(&mut self, slot: u32, cold_rows: &Pages<ColdRow>) {
        let key = cold_rows.at(slot).time_key();
        let (place, within) = self.place(&key, cold_rows);
        let Some(chunk) = self.chunks.get_mut(place) else {
            return;
        };
        if chunk.get(within) == Some(&slot) {
            chunk.remove(within);
        }
        if chunk.is_empty() {
            self.chunks.remove(place);
        }
    }

    /// Slots after a key, oldest first.
    pub fn rising<'a>(&'a self, after: Option<Key>, cold_rows: &'a Pages<ColdRow>) -> impl Iterator<Item = u32> + 'a {
        let from = after.map_or((0, 0), |key| self.bound(Bound::Excluded(&key), cold_rows));
        let chunks = self.chunks.iter().skip(from.0);
        chunks
            .enumerate()
            .flat_map(move |(number, chunk)| chunk.iter().skip(if number == 0 { from.1 } else { 0 }))
            .copied()
    }

    /// Slots before a key, newest first.
    pub fn falling<'a>(&'a self, before: Option<Key>, cold_rows: &'a Pages<ColdRow>) -> impl Iterator<Item = u32> + 'a {
        let to = before.map_or((self.chunks.len(), 0), |key| {
            self.bound(Bound::Included(&key), cold_rows)
        });
        let first = self
            .chunks
            .get(to.0)
            .and_then(|chunk| chunk.get(..to.1))
            .unwrap_or_default();
        let others = self.chunks.get(..to.0).unwrap_or_default().iter().rev();
        first
            .iter()
            .rev()
            .chain(others.flat_map(|chunk| chunk.iter().rev()))
            .copied()
    }

    /// Allocated memory in bytes.
    pub fn bytes(&self) -> usize {
        let chunks: usize = self.chunks.iter().map(Vec::capacity).sum();
        chunks * size_of::<u32>() + self.chunks.capacity() * size_of::<Vec<u32>>()
    }

    /// The position of a key, or where it would be inserted: at the end of a chunk rather than at the beginning of the
    /// next.
    fn place(&self, key: &Key, cold_rows: &Pages<ColdRow>) -> (usize, usize) {
        let begins_later = |chunk: &Vec<u32>| chunk.first().is_some_and(|slot| *key < cold_rows.at(*slot).time_key());
        let place = self
            .chunks
            .partition_point(|chunk| !begins_later(chunk))
            .saturating_sub(1);
        let within = self.chunks.get(place).map_or(0, |chunk| {
            chunk.partition_point(|slot| cold_rows.at(*slot).time_key() < *key)
        });
        (place, within)
    }

    /// The first position that is not before the bound: at the key itself, or after it.
    fn bound(&self, bound: Bound<&Key>, cold_rows: &Pages<ColdRow>) -> (usize, usize) {
        let (Bound::Included(key) | Bound::Excluded(key)) = bound else {
            return (0, 0);
        };
        let (place, within) = self.place(key, cold_rows);
        let found = self.chunks.get(place).and_then(|chunk| chunk.get(within));
        let is_behind =
            matches!(bound, Bound::Excluded(_)) && found.is_some_and(|slot| cold_rows.at(*slot).time_key() == *key);
        (place, within + usize::from(is_behind))
    }
}
