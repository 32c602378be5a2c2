//! GraphQL documents that clients have sent once and then name by their hash.

mod local;
mod redis;

pub use local::LocalDocuments;
pub use redis::RedisDocuments;

use std::sync::Arc;

/// The SHA-256 of a document's text.
pub type Digest = [u8; 32];

/// Remembers documents by their digest. It may forget any of them: a client whose document is not found sends it again.
#[async_trait::async_trait]
pub trait PersistedDocuments: Send + Sync {
    /// The document with that digest, if it is remembered.
    async fn find(&self, digest: &Digest) -> Option<Arc<str>>;

    /// Remembers a document. The digest must be the document's.
    async fn keep(&self, digest: &Digest, document: &str);
}
