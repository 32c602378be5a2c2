//! Numbered slots for the photos in an index; the slots of a report are found by its id.

use std::{collections::HashMap, hash::Hash};

/// Maps slots to their owners. Freed slots are reused.
#[derive(Debug, Clone)]
pub(super) struct Slots<K, T> {
    owners: Vec<Option<(K, T)>>,
    /// The next slot with the same owner.
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
    /// Takes a slot for one more photo of this owner: a freed slot, or a new one at the end. `None` when all 2³² are
    /// taken.
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

    /// Frees all slots of this owner.
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

    /// The owner of the slot and its tag.
    pub fn owner(&self, place: usize) -> Option<(K, T)> {
        self.owners.get(place).copied().flatten()
    }

    /// Number of slots in use.
    pub fn taken(&self) -> usize {
        self.owners.len() - self.free.len()
    }

    /// All slots of this owner.
    pub fn of(&self, key: &K) -> impl Iterator<Item = usize> {
        let first = self.first.get(key).map(|slot| *slot as usize);
        std::iter::successors(first, |place| {
            let next = self.next.get(*place).copied().flatten();
            next.map(|slot| slot as usize)
        })
    }
}

/// Writes a value to a slot of a list, which is either an existing one or the next new one.
pub(super) fn set<V>(values: &mut Vec<V>, place: usize, value: V) {
    match values.get_mut(place) {
        Some(old) => *old = value,
        None => values.push(value),
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
        let mut of_three: Vec<usize> = slots.of(&3).collect();
        of_three.sort_unstable();
        assert_eq!(of_three, [0, 2, 3, 4]);
        assert!(slots.of(&2).eq([1]));
    }
}
