//! Documents that several nodes share, in Redis.
//!
//! Anybody can register documents, so the room for them is fixed: a digest has one of [`PLACES`] places, and takes it from
//! whatever was there. That is cheaper than to keep an order, and who loses a place is only asked for the document again.

use std::{sync::Arc, time::Duration};

use sha2::{Digest as _, Sha256};

use super::{Digest, LocalDocuments, PersistedDocuments};
use crate::ports::redis::Redis;

/// Places for documents. Among the 200 of a large client, one in 80 shares its place with another.
const PLACES: u16 = 16_384;
/// The longest document that is shared, in bytes. Longer ones are rare, and stay with the node that got them.
const LONGEST: usize = 16 * 1024;
/// How long a document stays after it was registered.
const KEPT: Duration = Duration::from_secs(7 * 24 * 60 * 60);

/// Remembers documents for all nodes together, and in memory what this node was asked for. While Redis is down, every node
/// remembers for itself.
pub struct RedisDocuments {
    redis: Redis,
    prefix: String,
    local: LocalDocuments,
}

impl RedisDocuments {
    /// Keys start with `prefix`, so that several programs can share one Redis.
    pub fn new(redis: &Redis, prefix: &str) -> Self {
        Self {
            redis: redis.clone(),
            prefix: prefix.to_owned(),
            local: LocalDocuments::default(),
        }
    }

    fn key(&self, digest: &Digest) -> String {
        let [first, second, ..] = digest;
        format!("{}{}", self.prefix, u16::from_be_bytes([*first, *second]) % PLACES)
    }
}

#[async_trait::async_trait]
impl PersistedDocuments for RedisDocuments {
    async fn find(&self, digest: &Digest) -> Option<Arc<str>> {
        if let Some(document) = self.local.find(digest).await {
            return Some(document);
        }
        let command = redis::Cmd::get(self.key(digest));
        let question = |mut redis| async move { command.query_async::<Option<Vec<u8>>>(&mut redis).await };
        let document = self.redis.ask(question).await??;
        // Another document may have taken the place.
        if Sha256::digest(&document).as_slice() != digest {
            return None;
        }
        let document = String::from_utf8(document).ok()?;
        self.local.keep(digest, &document).await;
        self.local.find(digest).await
    }

    async fn keep(&self, digest: &Digest, document: &str) {
        if self.local.find(digest).await.is_some() {
            return;
        }
        self.local.keep(digest, document).await;
        if LONGEST < document.len() {
            return;
        }
        let command = redis::Cmd::set_ex(self.key(digest), document, KEPT.as_secs());
        let question = |mut redis| async move { command.exec_async(&mut redis).await };
        self.redis.ask(question).await;
    }
}
