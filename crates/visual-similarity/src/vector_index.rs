//! A searchable collection of embeddings.

use std::hash::Hash;

use super::{
    best::Best,
    sketch::{Nearest, WORDS, bits_apart, sketch},
    slots::{Slots, set},
    vector::{PhotoVector, cosine, dot},
};

/// Cosines are ordered by their value in steps of a millionth.
const STEPS: f32 = 1_000_000.0;

/// Up to this many bytes of components, a search compares all photos: it takes 2 ms.
const COMPARED_WHOLE: usize = 16 << 20;
/// Number of sketches compared at a time, chosen so that the distances stay in the L1 cache.
const BLOCK: usize = 2048;
/// Number of photos that are compared in full among more: those with the nearest sketches. Measured with a million
/// photos: 99 of 100 of the exact twenty nearest are among them (`docs/adr/0012-photo-search.md`).
const CANDIDATES: usize = 12_288;

/// Embeddings of photos by the report `K` that they show, with a tag `T` to filter by; all from the same model. Takes
/// one byte per component and about 210 more per photo.
///
/// A search among few photos compares all of them; among many, those whose sketches are nearest.
#[derive(Debug, Clone)]
pub struct VectorIndex<K, T> {
    slots: Slots<K, T>,
    dimensions: usize,
    codes: Vec<i8>,
    lengths: Vec<f32>,
    /// The sketches, one list for each of their words.
    sketches: [Vec<u64>; WORDS],
}

impl<K, T> Default for VectorIndex<K, T> {
    fn default() -> Self {
        Self {
            slots: Slots::default(),
            dimensions: 0,
            codes: Vec::new(),
            lengths: Vec::new(),
            sketches: Default::default(),
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
        set(&mut self.lengths, place, vector.length());
        for (words, word) in self.sketches.iter_mut().zip(sketch(codes)) {
            set(words, place, word);
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

    /// The greatest cosine of a photo of one report and a photo of the other; `None` if one of them has none.
    pub fn greatest_cosine(&self, one: &K, other: &K) -> Option<f32> {
        let pairs = self
            .of(one)
            .flat_map(|one| self.of(other).map(move |other| (one, other)));
        let cosines = pairs.map(|((one, length), (other, other_length))| cosine(dot(one, other), length, other_length));
        cosines.max_by(f32::total_cmp)
    }

    /// The components and lengths of a report's photos.
    fn of(&self, key: &K) -> impl Iterator<Item = (&[i8], f32)> {
        self.slots.of(key).filter_map(|place| self.photo(place))
    }

    fn photo(&self, place: usize) -> Option<(&[i8], f32)> {
        let from = place * self.dimensions;
        let codes = self.codes.get(from..from + self.dimensions)?;
        Some((codes, *self.lengths.get(place)?))
    }

    /// The reports with the closest photos and their cosines, closest first: at most `most` reports that the filter
    /// accepts.
    pub fn nearest(&self, query: &PhotoVector, most: usize, is_wanted: impl Fn(K, T) -> bool) -> Vec<(K, f32)> {
        if self.dimensions == 0 || query.codes().len() != self.dimensions {
            return Vec::new();
        }
        match self.codes.len() <= COMPARED_WHOLE {
            true => self.nearest_of(query, most, 0..self.lengths.len(), is_wanted),
            false => self.nearest_of(query, most, self.candidates(query, &is_wanted), is_wanted),
        }
    }

    /// The closest of the photos in these places.
    fn nearest_of(
        &self,
        query: &PhotoVector,
        most: usize,
        places: impl IntoIterator<Item = usize>,
        is_wanted: impl Fn(K, T) -> bool,
    ) -> Vec<(K, f32)> {
        let mut best = Best::of(most);
        let length = query.length();
        for place in places {
            let Some((codes, own)) = self.photo(place) else {
                continue;
            };
            let cosine = cosine(dot(query.codes(), codes), length, own);
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

    /// The places of the photos with the nearest sketches that the filter accepts, in ascending order: [`CANDIDATES`], or
    /// some more where several are equally far away.
    fn candidates(&self, query: &PhotoVector, is_wanted: &impl Fn(K, T) -> bool) -> Vec<usize> {
        let query = sketch(query.codes());
        let is_wanted = |place| self.slots.owner(place).is_some_and(|(key, tag)| is_wanted(key, tag));
        let mut nearest = Nearest::of(CANDIDATES);
        let mut apart = [0; BLOCK];
        for from in (0..self.lengths.len()).step_by(BLOCK) {
            let words = self
                .sketches
                .each_ref()
                .map(|words| words.get(from..).unwrap_or_default());
            bits_apart(&query, words, &mut apart);
            for (apart, place) in apart.iter().zip(from..self.lengths.len()) {
                if nearest.wants(*apart) && is_wanted(place) {
                    nearest.show(*apart, place);
                }
            }
        }
        nearest.places()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::pictures::Dice;

    const DIMENSIONS: usize = 512;

    fn any_vector(dice: &mut Dice) -> PhotoVector {
        let numbers: Vec<f32> = (0..DIMENSIONS).map(|_| dice.between(-1.0, 1.0)).collect();
        PhotoVector::of(&numbers).unwrap()
    }

    /// The same direction with so much of another one.
    fn near(vector: &PhotoVector, noise: f32, dice: &mut Dice) -> PhotoVector {
        let numbers = vector
            .codes()
            .iter()
            .map(|code| f32::from(*code) + noise * dice.between(-127.0, 127.0));
        PhotoVector::of(&numbers.collect::<Vec<f32>>()).unwrap()
    }

    /// More than are compared in full: sketches choose.
    #[test]
    fn the_nearest_of_many_are_found_whatever_the_filter_leaves() {
        let mut dice = Dice::new(1);
        let query = any_vector(&mut dice);
        let mut photos: Vec<(u32, PhotoVector)> = (0..COMPARED_WHOLE / DIMENSIONS)
            .zip(0..)
            .map(|(_, key)| (key, any_vector(&mut dice)))
            .collect();
        for (key, noise) in (1_000_000..).zip([0.3, 0.6, 0.9]) {
            photos.push((key, near(&query, noise, &mut dice)));
        }
        let mut index = VectorIndex::default();
        photos.iter().for_each(|(key, vector)| index.put(*key, (), vector));
        let found = |is_wanted: fn(u32) -> bool| -> Vec<u32> {
            let found = index.nearest(&query, 3, |key, ()| is_wanted(key));
            found.into_iter().map(|(key, _)| key).collect()
        };

        assert_eq!(found(|_| true), [1_000_000, 1_000_001, 1_000_002]);
        assert_eq!(found(|key| key != 1_000_001)[..2], [1_000_000, 1_000_002]);
        let few = |key: u32| key % 1000 == 7;
        let mut exact: Vec<&(u32, PhotoVector)> = photos.iter().filter(|(key, _)| few(*key)).collect();
        exact.sort_by(|(_, one), (_, other)| query.cosine(other).total_cmp(&query.cosine(one)));
        assert_eq!(
            found(few),
            exact.iter().take(3).map(|(key, _)| *key).collect::<Vec<_>>()
        );
    }

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
