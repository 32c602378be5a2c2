//! Numbered places for the photos of an index; those of a report are found by its id.

use std::{collections::HashMap, hash::Hash};

/// Who has which place. Places that were given up are given out again.
#[derive(Debug, Clone)]
pub(super) struct Slots<K, T> {
    owners: Vec<Option<(K, T)>>,
    /// The next place of the same owner.
    next: Vec<Option<u32>>,
    first: HashMap<K, u32>,
    free: Vec<u32>,
}

impl<K, T> Default for Slots<K, T> {
    fn default() -> Self {
        Self {
            owners: Vec::new(),
            next: Vec::new(),
            first: HashMap::new(),
            free: Vec::new(),
        }
    }
}

impl<K: Copy + Eq + Hash, T: Copy> Slots<K, T> {
    /// A place for one more photo of that owner: the number of an old place, or the number of all places so far. `None`
    /// when there are 2³² of them.
    pub fn take(&mut self, key: K, tag: T) -> Option<usize> {
        let slot = match self.free.pop() {
            Some(slot) => slot,
            None => {
                let slot = u32::try_from(self.owners.len()).ok()?;
                self.owners.push(None);
                self.next.push(None);
                slot
            }
        };
        let place = slot as usize;
        let before = self.first.insert(key, slot);
        *self.next.get_mut(place)? = before;
        *self.owners.get_mut(place)? = Some((key, tag));
        Some(place)
    }

    /// Gives up every place of that owner.
    pub fn give_up(&mut self, key: &K) {
        let mut slot = self.first.remove(key);
        while let Some(number) = slot {
            let place = number as usize;
            slot = self.next.get_mut(place).and_then(Option::take);
            if let Some(owner) = self.owners.get_mut(place) {
                *owner = None;
            }
            self.free.push(number);
        }
    }

    /// Who has that place.
    pub fn owner(&self, place: usize) -> Option<(K, T)> {
        self.owners.get(place).copied().flatten()
    }

    /// How many places are taken.
    pub fn taken(&self) -> usize {
        self.owners.len() - self.free.len()
    }

    /// The places of that owner.
    #[cfg(test)]
    pub fn of(&self, key: &K) -> Vec<u32> {
        let first = self.first.get(key).copied();
        std::iter::successors(first, |slot| self.next[*slot as usize]).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_that_were_given_up_are_given_out_again() {
        let mut slots: Slots<u8, ()> = Slots::default();
        let places: Vec<_> = [1, 2, 1, 1].map(|key| slots.take(key, ()).unwrap()).to_vec();
        assert_eq!(places, [0, 1, 2, 3]);

        slots.give_up(&1);

        assert_eq!(
            (slots.taken(), slots.owner(1), slots.owner(2)),
            (1, Some((2, ())), None)
        );
        let again: Vec<_> = [3, 3, 3, 3].map(|key| slots.take(key, ()).unwrap()).to_vec();
        assert_eq!(again.last(), Some(&4));
        let mut of_three = slots.of(&3);
        of_three.sort_unstable();
        assert_eq!(of_three, [0, 2, 3, 4]);
        assert_eq!(slots.of(&2), [1]);
    }
}
