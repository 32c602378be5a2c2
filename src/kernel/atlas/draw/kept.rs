//! What was gathered of the whole world through a sieve, kept until a report changes.
//!
//! A map that shows a large part of the world through a filter gathers nearly all reports. The same few filters are asked
//! for again and again, and whoever moves the map asks for the same again, so what was gathered serves all of them.

use std::{
    collections::VecDeque,
    sync::{Arc, Mutex, OnceLock, PoisonError},
};

use super::{super::marks::Wanted, gather::Group};

/// So many are kept; the one that was gathered first goes.
const MOST: usize = 8;

/// What is gathered: a sieve, a zoom, and the state of the atlas.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Key {
    pub wanted: Wanted,
    pub zoom: u8,
    pub changes: usize,
}

/// Gathered once, by whoever comes first; others wait for that.
pub type Gathered = Arc<OnceLock<Vec<Group>>>;

/// What was gathered last.
#[derive(Debug, Default)]
pub struct Kept(Mutex<VecDeque<(Key, Gathered)>>);

/// A copy of an atlas gathers anew.
impl Clone for Kept {
    fn clone(&self) -> Self {
        Self::default()
    }
}

impl Kept {
    /// What is kept under that key; where it may be opened, a new place for it.
    pub fn find(&self, key: Key, may_open: bool) -> Option<Gathered> {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        kept.retain(|(other, _)| other.changes == key.changes);
        if let Some((_, gathered)) = kept.iter().find(|(other, _)| *other == key) {
            return Some(gathered.clone());
        }
        may_open.then(|| {
            let gathered = Gathered::default();
            kept.truncate(MOST - 1);
            kept.push_front((key, gathered.clone()));
            gathered
        })
    }

    /// What is allocated.
    pub fn bytes(&self) -> usize {
        let kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let groups = kept.iter().filter_map(|(_, gathered)| gathered.get());
        groups.map(|groups| groups.capacity() * size_of::<Group>()).sum()
    }
}
