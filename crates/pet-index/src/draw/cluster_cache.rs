//! Caches the filtered clusters of the whole world until a report changes.
//!
//! A map that shows a large part of the world through a filter has to group very many reports. The same few filters are
//! used again and again, also while a map is moved, so one result serves all of these requests. It is computed once the
//! requests for it would have scanned as many reports as there are. So the cache never costs more than twice the work
//! without it, however often reports change.

use std::{
    collections::VecDeque,
    sync::{Arc, Mutex, OnceLock, PoisonError},
};

use super::group::Group;
use crate::reports::attributes::AttributeMask;

/// Maximum number of entries; the least recently used one is dropped.
const MOST: usize = 8;

/// Identifies a result: filter, zoom, and the state of the index.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Key {
    pub mask: AttributeMask,
    pub zoom: u8,
    pub changes: usize,
}

/// Computed by the first request; others wait for it.
pub type Gathered = Arc<OnceLock<Vec<Group>>>;

#[derive(Debug)]
struct Asked {
    key: Key,
    /// Number of reports that requests for this entry have scanned, or would have.
    reports: usize,
    gathered: Gathered,
}

/// The most recently used entries.
#[derive(Debug, Default)]
pub struct ClusterCache(Mutex<VecDeque<Asked>>);

/// A copy of the index starts with an empty cache.
impl Clone for ClusterCache {
    fn clone(&self) -> Self {
        Self::default()
    }
}

impl ClusterCache {
    /// The entry for a request that would otherwise scan about `reports` of `all` reports; `None` while computing it
    /// does not pay yet.
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

    /// Allocated memory in bytes.
    pub fn bytes(&self) -> usize {
        let kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let groups = kept.iter().filter_map(|asked| asked.gathered.get());
        groups.map(|groups| groups.capacity() * size_of::<Group>()).sum()
    }
}
