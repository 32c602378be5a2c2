//! Fingerprints that can be searched.

use std::hash::Hash;

use super::{
    best::Best,
    hash::{PhotoHash, WINDOWS},
    slots::Slots,
    transform::KEY_BITS_EACH,
};

/// Keys are compared in blocks that stay in the processor's nearest cache.
const BLOCK: usize = 2048;
/// Bits of 32 by which the keys of one picture may differ. Measured: copies differ by at most 4, one in a hundred pairs of
/// different pictures by 6 or less.
const KEY_WITHIN: u8 = 6;

/// The keys of one window, byte by byte, so that the compiler can compare sixteen of them at a time.
type Planes = [Vec<u8>; 4];

/// Fingerprints of photos by the report `K` that they show, with a tag `T` to choose by. About 180 bytes a photo.
///
/// A search passes over all keys, which are the coarsest 32 waves of each window, and looks closer at what is left.
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

    /// Forgets the photos of a report.
    pub fn remove(&mut self, key: &K) {
        self.slots.give_up(key);
    }

    /// How many photos there are.
    pub fn len(&self) -> usize {
        self.slots.taken()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The reports with the nearest photos, at most `within` bits apart, nearest first, at most `most`; only those that
    /// are wanted.
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

    /// The places from `from` on, of one block, whose keys are near in any way: one of the two may be cropped, or mirrored.
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

/// Puts a value in its place, which is one of the old ones or the next.
fn set<V>(values: &mut Vec<V>, place: usize, value: V) {
    match values.get_mut(place) {
        Some(old) => *old = value,
        None => values.push(value),
    }
}

/// Marks the keys that are near the query or its mirror image. Kept plain, so that the compiler makes it compare sixteen
/// at a time.
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
