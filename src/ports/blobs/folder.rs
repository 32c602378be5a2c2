//! Stores objects as files in one folder.

use std::{
    fs::File,
    io::{self, Read},
    path::{Path, PathBuf},
    sync::Arc,
};

use bytes::Bytes;
use entity::Timestamp;
use futures_util::{StreamExt, TryStreamExt, stream::BoxStream};
use object_store::{
    Error, MultipartUpload, ObjectMeta, ObjectStore, ObjectStoreExt, PutPayload, PutPayloadMut, local::LocalFileSystem,
};

use super::{Blobs, ByteStream, PutError, StoredObject, key};
use crate::ports::{Swept, remnants};

/// Chunks of a stream are buffered up to this size before they are written.
const PART: usize = 1024 * 1024;

/// Keeps every object in a file; the key is its path. Files are written under another name, flushed, then renamed.
#[derive(Debug, Clone)]
pub struct FolderBlobs {
    store: Arc<LocalFileSystem>,
    folder: PathBuf,
    kept_free: u64,
}

impl FolderBlobs {
    /// A store in `folder`, which is created if it is missing.
    pub fn open(folder: &Path) -> io::Result<Self> {
        std::fs::create_dir_all(folder)?;
        let store = LocalFileSystem::new_with_prefix(folder)
            .map_err(io_error)?
            .with_automatic_cleanup(true)
            .with_fsync(true);
        Ok(Self {
            store: Arc::new(store),
            folder: folder.to_owned(),
            kept_free: 0,
        })
    }

    /// The same store, but `bytes` of the disk count as taken, because other things on it need space too.
    pub fn keeping_free(mut self, bytes: u64) -> Self {
        self.kept_free = bytes;
        self
    }
}

#[async_trait::async_trait]
impl Blobs for FolderBlobs {
    async fn put(&self, key: &str, bytes: Bytes) -> io::Result<()> {
        let path = key::check(key)?;
        self.store.put(&path, bytes.into()).await.map_err(io_error)?;
        Ok(())
    }

    async fn put_stream(&self, key: &str, bytes: ByteStream<'_>, limit: u64) -> Result<u64, PutError> {
        let path = key::check(key)?;
        let mut upload = self.store.put_multipart(&path).await.map_err(io_error)?;
        let outcome = copy(bytes, upload.as_mut(), limit).await;
        match &outcome {
            Ok(_) => upload.complete().await.map(drop).map_err(io_error)?,
            Err(_) => upload.abort().await.map_err(io_error)?,
        }
        outcome
    }

    async fn get(&self, key: &str) -> io::Result<Option<Bytes>> {
        let path = key::check(key)?;
        match self.store.get(&path).await {
            Ok(object) => object.bytes().await.map(Some).map_err(io_error),
            Err(Error::NotFound { .. }) => Ok(None),
            Err(error) => Err(io_error(error)),
        }
    }

    async fn open(&self, key: &str) -> io::Result<Option<Box<dyn Read + Send>>> {
        let path = self.store.path_to_filesystem(&key::check(key)?).map_err(io_error)?;
        let opened = tokio::task::spawn_blocking(move || File::open(path))
            .await
            .map_err(io::Error::other)?;
        match opened {
            Ok(file) => Ok(Some(Box::new(file))),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error),
        }
    }

    async fn rename(&self, from: &str, to: &str) -> io::Result<()> {
        let (from, to) = (key::check(from)?, key::check(to)?);
        self.store.rename(&from, &to).await.map_err(io_error)
    }

    async fn delete(&self, key: &str) -> io::Result<()> {
        let path = key::check(key)?;
        match self.store.delete(&path).await {
            Ok(()) | Err(Error::NotFound { .. }) => Ok(()),
            Err(error) => Err(io_error(error)),
        }
    }

    async fn room(&self) -> io::Result<Option<u64>> {
        let folder = self.folder.clone();
        let disk = tokio::task::spawn_blocking(move || rustix::fs::statvfs(&folder));
        let disk = disk.await.map_err(io::Error::other)??;
        let free = disk.f_bavail.saturating_mul(disk.f_frsize);
        Ok(Some(free.saturating_sub(self.kept_free)))
    }

    fn list(&self, first_part: &str) -> BoxStream<'static, io::Result<StoredObject>> {
        let listed = self.store.list(Some(&first_part.into()));
        let object = |about: ObjectMeta| StoredObject {
            key: about.location.into(),
            bytes: about.size,
            put_at: about.last_modified.into(),
        };
        listed.map_ok(object).map_err(io_error).boxed()
    }

    async fn sweep_unfinished(&self, before: Timestamp) -> io::Result<Swept> {
        remnants::remove(self.folder.clone(), is_written_aside, before).await
    }
}

/// Whether a name is one that the store gives to files while they are being written.
fn is_written_aside(name: &str) -> bool {
    let (_, number) = name.rsplit_once('#').unwrap_or_default();
    !number.is_empty() && number.bytes().all(|digit| digit.is_ascii_digit())
}

async fn copy(mut bytes: ByteStream<'_>, upload: &mut dyn MultipartUpload, limit: u64) -> Result<u64, PutError> {
    let mut total = 0_u64;
    let mut part = PutPayloadMut::new();
    while let Some(piece) = bytes.try_next().await? {
        total = total.saturating_add(piece.len() as u64);
        if limit < total {
            return Err(PutError::TooLarge);
        }
        part.push(piece);
        if PART <= part.content_length() {
            let full: PutPayload = std::mem::take(&mut part).freeze();
            upload.put_part(full).await.map_err(io_error)?;
        }
    }
    upload.put_part(part.freeze()).await.map_err(io_error)?;
    Ok(total)
}

/// The store wraps the operating system's error; the kind of a full disk is kept.
fn io_error(error: Error) -> io::Error {
    let mut cause: Option<&(dyn std::error::Error + 'static)> = Some(&error);
    let mut kind = io::ErrorKind::Other;
    while let Some(error) = cause {
        kind = error.downcast_ref::<io::Error>().map_or(kind, io::Error::kind);
        cause = error.source();
    }
    io::Error::new(kind, error)
}

#[cfg(test)]
mod tests {
    use futures_util::stream;

    use super::*;
    use crate::ports::scratch_folder::ScratchFolder;

    fn pieces(pieces: Vec<io::Result<&'static [u8]>>) -> ByteStream<'static> {
        Box::pin(stream::iter(
            pieces.into_iter().map(|piece| piece.map(Bytes::from_static)),
        ))
    }

    fn files(folder: &Path) -> usize {
        std::fs::read_dir(folder).unwrap().count()
    }

    #[tokio::test]
    async fn an_object_can_be_put_read_replaced_and_deleted() {
        let folder = ScratchFolder::new();
        let blobs = FolderBlobs::open(&folder.path().join("blobs")).unwrap();
        assert_eq!(blobs.get("photos/1.jpg").await.unwrap(), None);
        assert!(blobs.open("photos/1.jpg").await.unwrap().is_none());

        blobs.put("photos/1.jpg", Bytes::from_static(b"old")).await.unwrap();
        let mut reader = blobs.open("photos/1.jpg").await.unwrap().unwrap();
        blobs.put("photos/1.jpg", Bytes::from_static(b"newer")).await.unwrap();
        let mut read = String::new();
        reader.read_to_string(&mut read).unwrap();
        assert_eq!(read, "old", "an open reader keeps its object");
        assert_eq!(blobs.get("photos/1.jpg").await.unwrap().unwrap(), "newer");

        blobs.delete("photos/1.jpg").await.unwrap();
        blobs.delete("photos/1.jpg").await.unwrap();
        assert_eq!(blobs.get("photos/1.jpg").await.unwrap(), None);
    }

    #[tokio::test]
    async fn what_is_kept_free_is_no_room() {
        let folder = ScratchFolder::new();
        let blobs = FolderBlobs::open(folder.path()).unwrap();
        assert!(0 < blobs.room().await.unwrap().unwrap());
        assert_eq!(blobs.keeping_free(u64::MAX).room().await.unwrap(), Some(0));
    }

    #[tokio::test]
    async fn a_renamed_object_takes_the_place_of_another() {
        let folder = ScratchFolder::new();
        let blobs = FolderBlobs::open(folder.path()).unwrap();
        blobs.put("drafts/a", Bytes::from_static(b"new")).await.unwrap();
        blobs.put("a", Bytes::from_static(b"old")).await.unwrap();

        blobs.rename("drafts/a", "a").await.unwrap();

        assert_eq!(blobs.get("a").await.unwrap().unwrap(), "new");
        assert_eq!(blobs.get("drafts/a").await.unwrap(), None);
        let missing = blobs.rename("drafts/a", "a").await.unwrap_err();
        assert_eq!(missing.kind(), io::ErrorKind::NotFound);
        assert_eq!(blobs.get("a").await.unwrap().unwrap(), "new");
    }

    #[tokio::test]
    async fn a_stream_up_to_its_limit_is_stored() {
        let folder = ScratchFolder::new();
        let blobs = FolderBlobs::open(folder.path()).unwrap();
        let length = blobs
            .put_stream("a", pieces(vec![Ok(b"abc"), Ok(b"de")]), 5)
            .await
            .unwrap();
        assert_eq!(length, 5);
        assert_eq!(blobs.get("a").await.unwrap().unwrap(), "abcde");

        assert_eq!(blobs.put_stream("empty", pieces(vec![]), 0).await.unwrap(), 0);
        assert_eq!(blobs.get("empty").await.unwrap().unwrap(), "");
    }

    #[tokio::test]
    async fn a_stream_of_several_parts_arrives_whole_and_in_order() {
        static PIECE: [u8; 700_001] = [7; 700_001];
        let folder = ScratchFolder::new();
        let blobs = FolderBlobs::open(folder.path()).unwrap();
        let stream = pieces(vec![Ok(&PIECE), Ok(b"middle"), Ok(&PIECE), Ok(&PIECE), Ok(b"end")]);
        blobs.put_stream("large", stream, u64::MAX).await.unwrap();
        let stored = blobs.get("large").await.unwrap().unwrap();
        assert_eq!(stored, [&PIECE, b"middle".as_slice(), &PIECE, &PIECE, b"end"].concat());
    }

    #[tokio::test]
    async fn a_stream_that_fails_or_is_too_long_leaves_nothing() {
        let folder = ScratchFolder::new();
        let blobs = FolderBlobs::open(folder.path()).unwrap();
        let long = blobs.put_stream("a", pieces(vec![Ok(b"abc"), Ok(b"def")]), 5).await;
        assert!(matches!(long, Err(PutError::TooLarge)), "{long:?}");
        let cut = blobs
            .put_stream(
                "a",
                pieces(vec![Ok(b"abc"), Err(io::ErrorKind::ConnectionReset.into())]),
                5,
            )
            .await;
        assert!(
            matches!(&cut, Err(PutError::Io(error)) if error.kind() == io::ErrorKind::ConnectionReset),
            "{cut:?}"
        );

        assert_eq!(blobs.get("a").await.unwrap(), None);
        assert_eq!(files(folder.path()), 0);
    }

    #[tokio::test]
    async fn a_failed_stream_keeps_the_object_that_was_there() {
        let folder = ScratchFolder::new();
        let blobs = FolderBlobs::open(folder.path()).unwrap();
        blobs.put("a", Bytes::from_static(b"first")).await.unwrap();
        let long = blobs.put_stream("a", pieces(vec![Ok(b"second")]), 3).await;
        assert!(matches!(long, Err(PutError::TooLarge)), "{long:?}");
        assert_eq!(blobs.get("a").await.unwrap().unwrap(), "first");
    }

    #[tokio::test]
    async fn no_operation_takes_a_key_that_leads_out() {
        let folder = ScratchFolder::new();
        let blobs = FolderBlobs::open(&folder.path().join("blobs")).unwrap();
        let key = "../escaped";
        let kinds = [
            blobs.put(key, Bytes::new()).await.unwrap_err().kind(),
            blobs.get(key).await.unwrap_err().kind(),
            blobs.open(key).await.map(drop).unwrap_err().kind(),
            blobs.delete(key).await.unwrap_err().kind(),
            blobs.rename("a", key).await.unwrap_err().kind(),
            blobs.rename(key, "a").await.unwrap_err().kind(),
        ];
        assert_eq!(kinds, [io::ErrorKind::InvalidInput; 6]);
        assert!(matches!(
            blobs.put_stream(key, pieces(vec![]), 1).await,
            Err(PutError::Io(_))
        ));
        assert!(!folder.path().join("escaped").exists());
    }
}
