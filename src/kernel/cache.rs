//! A map by digests: bounded, and hard to flush.
//!
//! Two generations: new entries go into the young one; when that is full it becomes the old one and the old one is
//! forgotten. A hit in the old one moves the entry back, so what is asked for stays while what is asked once goes.

use std::{
    collections::HashMap,
    sync::{Mutex, MutexGuard, PoisonError},
};

/// A SHA-256, or anything else that nobody can find two values for.
pub type Key = [u8; 32];

/// A bounded map that forgets what was not asked for lately.
#[derive(Debug)]
pub struct Cache<V> {
    entries: usize,
    bytes: usize,
    generations: Mutex<Generations<V>>,
}

#[derive(Debug)]
struct Generations<V> {
    young: HashMap<Key, (usize, V)>,
    old: HashMap<Key, (usize, V)>,
    young_bytes: usize,
}

impl<V: Clone> Cache<V> {
    /// A cache of at most so many entries that together weigh at most so many bytes.
    pub fn new(entries: usize, bytes: usize) -> Self {
        let generations = Generations {
            young: HashMap::new(),
            old: HashMap::new(),
            young_bytes: 0,
        };
        Self {
            entries: entries / 2,
            bytes: bytes / 2,
            generations: Mutex::new(generations),
        }
    }

    /// What was put there, if it is not forgotten.
    pub fn get(&self, key: &Key) -> Option<V> {
        let mut generations = self.lock();
        if let Some((_, value)) = generations.young.get(key) {
            return Some(value.clone());
        }
        let (weight, value) = generations.old.remove(key)?;
        self.insert(&mut generations, *key, weight, value.clone());
        Some(value)
    }

    /// Remembers a value that weighs so many bytes, unless that is more than fits.
    pub fn put(&self, key: Key, weight: usize, value: V) {
        if weight <= self.bytes {
            self.insert(&mut self.lock(), key, weight, value);
        }
    }

    fn insert(&self, generations: &mut Generations<V>, key: Key, weight: usize, value: V) {
        if self.entries <= generations.young.len() || self.bytes < generations.young_bytes + weight {
            generations.old = std::mem::take(&mut generations.young);
            generations.young_bytes = 0;
        }
        generations.young_bytes += weight;
        if let Some((replaced, _)) = generations.young.insert(key, (weight, value)) {
            generations.young_bytes = generations.young_bytes.saturating_sub(replaced);
        }
    }

    /// The map is whole between any two statements, so a panic elsewhere does not spoil it.
    fn lock(&self) -> MutexGuard<'_, Generations<V>> {
        self.generations.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use sha2::{Digest, Sha256};

    use super::*;

    fn numbered(number: usize) -> Key {
        Sha256::digest(number.to_string()).into()
    }

    #[test]
    fn what_is_asked_for_survives_a_flood() {
        let cache = Cache::new(100, 1_000_000);
        cache.put(numbered(0), 1, 0);
        for number in 1..10_000 {
            cache.put(numbered(number), 1, number);
            assert_eq!(cache.get(&numbered(0)), Some(0));
        }
        assert_eq!(cache.get(&numbered(1)), None);
    }

    #[test]
    fn it_never_holds_more_than_it_may() {
        let cache = Cache::new(1_000, 1_000);
        for number in 0..1_000 {
            cache.put(numbered(number), 100, number);
            let generations = cache.lock();
            let held: usize = generations
                .young
                .values()
                .chain(generations.old.values())
                .map(|(weight, _)| weight)
                .sum();
            assert!(held <= 1_000);
        }
        cache.put(numbered(5_000), 501, 5_000);
        assert_eq!(cache.get(&numbered(5_000)), None);
    }
}
