//! What was gathered of the whole world through a sieve, kept until a report changes.
//!
//! A map that shows a large part of the world through a filter gathers very many reports. The same few filters are asked
//! for again and again, and whoever moves the map asks for the same again, so what was gathered serves all of them. It
//! is gathered when those who asked would have gone through as many reports together, so the work is never more than
//! twice what it would be without, however often reports change.

use std::{
    collections::VecDeque,
    sync::{Arc, Mutex, OnceLock, PoisonError},
};

use super::{super::marks::Wanted, gather::Group};

/// So many are kept; the one that nobody has asked for longest goes.
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

#[derive(Debug)]
struct Asked {
    key: Key,
    /// Reports that those who asked have gone through, or would have.
    reports: usize,
    gathered: Gathered,
}

/// What was asked for last.
#[derive(Debug, Default)]
pub struct Kept(Mutex<VecDeque<Asked>>);

/// A copy of an atlas gathers anew.
impl Clone for Kept {
    fn clone(&self) -> Self {
        Self::default()
    }
}

impl Kept {
    /// What is or should be gathered for somebody who would otherwise go through so many of all reports.
    pub fn find(&self, key: Key, reports: usize, all: usize) -> Option<Gathered> {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        kept.retain(|asked| asked.key.changes == key.changes);
        let place = kept.iter().position(|asked| asked.key == key);
        let mut asked = place.and_then(|place| kept.remove(place)).unwrap_or_else(|| Asked {
            key,
            reports: 0,
            gathered: Gathered::default(),
        });
        asked.reports = asked.reports.saturating_add(reports);
        let gathered = (all <= asked.reports).then(|| asked.gathered.clone());
        kept.truncate(MOST - 1);
        kept.push_front(asked);
        gathered
    }

    /// What is allocated.
    pub fn bytes(&self) -> usize {
        let kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let groups = kept.iter().filter_map(|asked| asked.gathered.get());
        groups.map(|groups| groups.capacity() * size_of::<Group>()).sum()
    }
}
