//! A searchable collection of embeddings.

use std::hash::Hash;

use super::{
    best::Best,
    slots::Slots,
    vector::{PhotoVector, cosine, dot},
};

/// Cosines are ordered by their value in steps of a millionth.
const STEPS: f32 = 1_000_000.0;

/// Embeddings of photos by the report `K` that they show, with a tag `T` to filter by; all from the same model. Takes
/// one byte per component and about 80 more per photo.
///
/// A search compares all of them.
#[derive(Debug, Clone)]
pub struct VectorIndex<K, T> {
    slots: Slots<K, T>,
    dimensions: usize,
    codes: Vec<i8>,
    lengths: Vec<f32>,
}

impl<K, T> Default for VectorIndex<K, T> {
    fn default() -> Self {
        Self {
            slots: Slots::default(),
            dimensions: 0,
            codes: Vec::new(),
            lengths: Vec::new(),
        }
    }
}

impl<K: Copy + Ord + Hash, T: Copy> VectorIndex<K, T> {
    /// Adds a photo of a report. The first photo sets the number of components; photos with another number are ignored.
    pub fn put(&mut self, key: K, tag: T, vector: &PhotoVector) {
        let codes = vector.codes();
        if self.dimensions == 0 {
            self.dimensions = codes.len();
        }
        if codes.len() != self.dimensions {
            return;
        }
        let Some(place) = self.slots.take(key, tag) else { return };
        let from = place * self.dimensions;
        match self.codes.get_mut(from..from + self.dimensions) {
            Some(old) => old.copy_from_slice(codes),
            None => self.codes.extend_from_slice(codes),
        }
        match self.lengths.get_mut(place) {
            Some(old) => *old = vector.length(),
            None => self.lengths.push(vector.length()),
        }
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

    /// The reports with the closest photos and their cosines, closest first: at most `most` reports that the filter
    /// accepts.
    pub fn nearest(&self, query: &PhotoVector, most: usize, is_wanted: impl Fn(K, T) -> bool) -> Vec<(K, f32)> {
        let mut best = Best::of(most);
        if self.dimensions == 0 || query.codes().len() != self.dimensions {
            return Vec::new();
        }
        let length = query.length();
        let all = self.codes.chunks_exact(self.dimensions).zip(&self.lengths);
        for (place, (codes, own)) in all.enumerate() {
            let cosine = cosine(dot(query.codes(), codes), length, *own);
            // In range of the type, because a cosine is at most 1.
            let score = (cosine * STEPS) as i32;
            if !best.wants(score) {
                continue;
            }
            if let Some((key, tag)) = self.slots.owner(place)
                && is_wanted(key, tag)
            {
                best.show(score, key);
            }
        }
        let cosine = |score: i32| score as f32 / STEPS;
        best.owners()
            .into_iter()
            .map(|(key, score)| (key, cosine(score)))
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn the_nearest_are_those_of_a_plain_scan(
            photos in proptest::collection::vec((0..9_u8, proptest::collection::vec(-99..99_i8, 6)), 0..40),
            gone in 0..9_u8,
            query in proptest::collection::vec(-99..99_i8, 6),
        ) {
            let vector = |codes: &[i8]| PhotoVector::from_bytes(&codes.iter().map(|code| code.cast_unsigned()).collect::<Vec<_>>());
            let photos: Vec<_> = photos.iter().filter_map(|(key, codes)| Some((*key, vector(codes)?))).collect();
            let Some(query) = vector(&query) else { return Ok(()) };
            let mut index = VectorIndex::default();
            for (key, photo) in &photos {
                index.put(*key, (), photo);
            }
            index.remove(&gone);

            let found = index.nearest(&query, 3, |key, ()| key % 2 == 0);

            let mut expected: Vec<(u8, i32)> = Vec::new();
            for key in (0..9).filter(|key| key % 2 == 0 && *key != gone) {
                let own = photos.iter().filter(|(of, _)| *of == key);
                let scores = own.map(|(_, photo)| (query.cosine(photo) * STEPS) as i32);
                expected.extend(scores.max().map(|score| (key, score)));
            }
            expected.sort_by_key(|(key, score)| std::cmp::Reverse((*score, *key)));
            expected.truncate(3);
            let found: Vec<(u8, i32)> = found.into_iter().map(|(key, cosine)| (key, (cosine * STEPS).round() as i32)).collect();
            prop_assert_eq!(found.iter().map(|(key, _)| *key).collect::<Vec<_>>(), expected.iter().map(|(key, _)| *key).collect::<Vec<_>>());
        }
    }
}
