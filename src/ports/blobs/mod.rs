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

/// The pieces of an object as they arrive.
pub type ByteStream<'a> = Pin<Box<dyn Stream<Item = io::Result<Bytes>> + Send + 'a>>;

/// An object as the store lists it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredObject {
    /// Its key.
    pub key: String,
    /// Its size.
    pub bytes: u64,
    /// When it was put.
    pub put_at: Timestamp,
}

/// Keeps objects. An object is there as a whole or not at all, and what was put survives a crash.
///
/// A key is a path of lower-case ASCII letters, digits, `_`, `-` and `.`, its parts separated by single slashes
/// (`photos/01h455vb/640.jpg`), at most 200 characters long; no part begins with a dot. Any other key is
/// [`io::ErrorKind::InvalidInput`].
#[async_trait::async_trait]
pub trait Blobs: Send + Sync {
    /// Stores an object in the place of whatever was there.
    async fn put(&self, key: &str, bytes: Bytes) -> io::Result<()>;

    /// Stores an object of unknown size and returns its length in bytes. Keeps nothing if the stream fails or brings
    /// more than `limit` bytes.
    async fn put_stream(&self, key: &str, bytes: ByteStream<'_>, limit: u64) -> Result<u64, PutError>;

    /// The whole object, if there is one.
    async fn get(&self, key: &str) -> io::Result<Option<Bytes>>;

    /// The object for a blocking reader, which belongs into a blocking task; it goes on reading this very object even
    /// if another one is put in its place.
    async fn open(&self, key: &str) -> io::Result<Option<Box<dyn Read + Send>>>;

    /// Moves the object to another key, in the place of whatever was there; [`io::ErrorKind::NotFound`] if there is
    /// none. Only whole objects are ever seen under either key.
    async fn rename(&self, from: &str, to: &str) -> io::Result<()>;

    /// Removes the object; none is fine too.
    async fn delete(&self, key: &str) -> io::Result<()>;

    /// How many more bytes there is room for; `None` where nobody can say.
    async fn room(&self) -> io::Result<Option<u64>>;

    /// All objects below a first part of their keys, such as `photos`, in no order.
    fn list(&self, first_part: &str) -> BoxStream<'static, io::Result<StoredObject>>;

    /// Removes what puts that were cut off before that time have left, if they leave anything.
    async fn sweep_unfinished(&self, before: Timestamp) -> io::Result<Swept>;
}

/// Why a stream was not stored.
#[derive(Debug, thiserror::Error)]
pub enum PutError {
    /// It brought more bytes than allowed.
    #[error("the file is larger than allowed")]
    TooLarge,
    /// The stream, the key or the store failed.
    #[error("the file could not be stored")]
    Io(#[from] io::Error),
}
