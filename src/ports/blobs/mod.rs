//! Large objects under a key: photos, uploads, exports.

mod folder;
mod key;

pub use folder::FolderBlobs;

use std::{
    io::{self, Read},
    pin::Pin,
};

use bytes::Bytes;
use entity::Timestamp;
use futures_util::{Stream, stream::BoxStream};

use crate::ports::Swept;

/// The chunks of an object as they arrive.
pub type ByteStream<'a> = Pin<Box<dyn Stream<Item = io::Result<Bytes>> + Send + 'a>>;

/// An entry in the store's listing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredObject {
    /// Its key.
    pub key: String,
    /// Size in bytes.
    pub bytes: u64,
    /// When it was stored.
    pub put_at: Timestamp,
}

/// Stores objects. An object is either complete or absent, and a stored object survives a crash.
///
/// A key is a path of lower-case ASCII letters, digits, `_`, `-` and `.`, its parts separated by single slashes
/// (`photos/01h455vb/640.jpg`), at most 200 characters long; no part begins with a dot. Any other key is
/// [`io::ErrorKind::InvalidInput`].
#[async_trait::async_trait]
pub trait Blobs: Send + Sync {
    /// Stores an object, replacing any object under that key.
    async fn put(&self, key: &str, bytes: Bytes) -> io::Result<()>;

    /// Stores an object of unknown size and returns its length in bytes. Keeps nothing if the stream fails or yields
    /// more than `limit` bytes.
    async fn put_stream(&self, key: &str, bytes: ByteStream<'_>, limit: u64) -> Result<u64, PutError>;

    /// The whole object; `None` if there is none.
    async fn get(&self, key: &str) -> io::Result<Option<Bytes>>;

    /// The object as a blocking reader, for use in a blocking task. It keeps reading the same object even if the key is
    /// overwritten meanwhile.
    async fn open(&self, key: &str) -> io::Result<Option<Box<dyn Read + Send>>>;

    /// Moves an object to another key, replacing any object there; [`io::ErrorKind::NotFound`] if it does not exist.
    /// Readers see only complete objects under either key.
    async fn rename(&self, from: &str, to: &str) -> io::Result<()>;

    /// Removes an object; does nothing if there is none.
    async fn delete(&self, key: &str) -> io::Result<()>;

    /// Remaining capacity in bytes; `None` if it is unknown.
    async fn room(&self) -> io::Result<Option<u64>>;

    /// All objects whose keys start with a given first part, such as `photos`, in no particular order.
    fn list(&self, first_part: &str) -> BoxStream<'static, io::Result<StoredObject>>;

    /// Removes incomplete data left by writes that were interrupted before that time.
    async fn sweep_unfinished(&self, before: Timestamp) -> io::Result<Swept>;
}

/// Reasons why a stream was not stored.
#[derive(Debug, thiserror::Error)]
pub enum PutError {
    /// The stream yielded more bytes than allowed.
    #[error("the file is larger than allowed")]
    TooLarge,
    /// The stream, the key or the store failed.
    #[error("the file could not be stored")]
    Io(#[from] io::Error),
}
