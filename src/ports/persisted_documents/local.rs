//! The documents of a single node.

use std::sync::Arc;

use super::{Digest, PersistedDocuments};
use crate::kernel::cache::Cache;

/// Documents remembered: many versions of many clients, at a few hundred bytes each.
const ENTRIES: usize = 4_096;
/// Bytes of all of them.
const BYTES: usize = 4 * 1024 * 1024;

/// Remembers documents in memory; those that nobody has asked for lately go first.
#[derive(Debug)]
pub struct LocalDocuments(Cache<Arc<str>>);

impl Default for LocalDocuments {
    fn default() -> Self {
        Self(Cache::new(ENTRIES, BYTES))
    }
}

#[async_trait::async_trait]
impl PersistedDocuments for LocalDocuments {
    async fn find(&self, digest: &Digest) -> Option<Arc<str>> {
        self.0.get(digest)
    }

    async fn keep(&self, digest: &Digest, document: &str) {
        self.0.put(*digest, document.len(), document.into());
    }
}
