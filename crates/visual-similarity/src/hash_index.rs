//! A searchable collection of perceptual hashes.

use std::hash::Hash;

use super::{
    best::Best,
    hash::{PhotoHash, WINDOWS},
    slots::{Slots, set},
    transform::KEY_BITS_EACH,
};

/// Number of keys compared at a time, chosen so that a block stays in the L1 cache.
const BLOCK: usize = 2048;
/// Maximum distance, in bits of 32, between the keys of the same picture. Measured: copies differ by at most 4 bits;
/// one in a hundred pairs of different pictures differs by 6 or fewer.
const KEY_WITHIN: u8 = 6;

/// The keys of one window, one vector for each byte, so that the compiler can compare sixteen keys at a time.
type Planes = [Vec<u8>; 4];

/// Hashes of photos by the report `K` that they show, with a tag `T` to filter by. About 180 bytes per photo.
///
/// A search scans all keys (the 32 lowest frequencies of each window) and compares the full hashes of those that pass.
#[derive(Debug, Clone)]
pub struct HashIndex<K, T> {
    slots: Slots<K, T>,
    keys: [Planes; WINDOWS],
    hashes: Vec<PhotoHash>,
}

impl<K, T> Default for HashIndex<K, T> {
    fn default() -> Self {
        Self {
            slots: Slots::default(),
            keys: Default::default(),
            hashes: Vec::new(),
        }
    }
}

impl<K: Copy + Ord + Hash, T: Copy> HashIndex<K, T> {
    /// Adds a photo of a report.
    pub fn put(&mut self, key: K, tag: T, hash: PhotoHash) {
        let Some(place) = self.slots.take(key, tag) else { return };
        let planes = self.keys.iter_mut().flatten();
        let bytes = hash.keys().into_iter().flatten();
        planes.zip(bytes).for_each(|(plane, byte)| set(plane, place, byte));
        set(&mut self.hashes, place, hash);
    }

    /// Removes all photos of a report.
    pub fn remove(&mut self, key: &K) {
        self.slots.give_up(key);
    }

    /// Number of photos in the index.
    pub fn len(&self) -> usize {
        self.slots.taken()
    }

    /// Whether the index holds no photos.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The hashes of a report's photos.
    pub fn of(&self, key: &K) -> impl Iterator<Item = &PhotoHash> {
        self.slots.of(key).filter_map(|place| self.hashes.get(place))
    }

    /// The reports with the closest photos, closest first: at most `most` reports that the filter accepts, with photos
    /// at most `within` bits away.
    pub fn nearest(
        &self,
        query: &PhotoHash,
        within: u32,
        most: usize,
        is_wanted: impl Fn(K, T) -> bool,
    ) -> Vec<(K, u32)> {
        let mut best = Best::of(most);
        let mut near = Vec::new();
        for from in (0..self.hashes.len()).step_by(BLOCK) {
            self.near_in_block(query, from, &mut near);
            for place in near.drain(..) {
                let Some((key, tag)) = self.slots.owner(place) else {
                    continue;
                };
                let Some(hash) = self.hashes.get(place) else { continue };
                let apart = query.bits_apart(hash);
                let score = u32::MAX - apart;
                if apart <= within && best.wants(score) && is_wanted(key, tag) {
                    best.show(score, key);
                }
            }
        }
        best.owners()
            .into_iter()
            .map(|(key, score)| (key, u32::MAX - score))
            .collect()
    }

    /// The slots of the block starting at `from` whose keys are close, whether one of the pictures is cropped, mirrored
    /// or neither.
    fn near_in_block(&self, query: &PhotoHash, from: usize, near: &mut Vec<usize>) {
        let mut hits = [0; BLOCK];
        let (own, whole) = (query.keys(), query.keys()[0]);
        for planes in &self.keys {
            mark(&mut hits, planes, from, whole);
        }
        for key in own.into_iter().skip(1) {
            mark(&mut hits, &self.keys[0], from, key);
        }
        let there = self.hashes.len() - from;
        let hits = hits.iter().take(there).enumerate();
        near.extend(hits.filter(|(_, hit)| **hit != 0).map(|(place, _)| from + place));
    }
}

/// Marks the keys that are close to the query or its mirror image. Kept simple so that the compiler vectorises it to
/// sixteen keys at a time.
fn mark(hits: &mut [u8; BLOCK], planes: &Planes, from: usize, [a, b, c, d]: [u8; 4]) {
    let [first, second, third, fourth] = planes.each_ref().map(|plane| plane.get(from..).unwrap_or_default());
    let keys = first.iter().zip(second).zip(third.iter().zip(fourth));
    for (hit, ((first, second), (third, fourth))) in hits.iter_mut().zip(keys) {
        let same = (first ^ a).count_ones() as u8 + (second ^ b).count_ones() as u8;
        let turned = (third ^ c).count_ones() as u8 + (fourth ^ d).count_ones() as u8;
        let apart = same + turned.min(KEY_BITS_EACH as u8 - turned);
        *hit |= u8::from(apart <= KEY_WITHIN);
    }
}
