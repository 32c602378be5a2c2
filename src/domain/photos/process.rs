//! Creates the stored copies of a photo, outside the threads that answer requests.

use ::image::DynamicImage;
use bytes::Bytes;
use entity::Timestamp;
use tokio::sync::{Semaphore, SemaphorePermit};

use super::{
    image::{self, ImageError, ProcessedPhoto, picture},
    variant::Variant,
};
use visual_similarity::PhotoHash;

/// Two photos at a time: decoding one may take 256 MiB.
static SLOTS: Semaphore = Semaphore::const_new(2);

/// Permission to process one photo.
pub(super) type Slot = Option<SemaphorePermit<'static>>;

/// All copies of a photo.
pub(super) struct Copies {
    /// The largest copy.
    pub original: ProcessedPhoto,
    /// The smaller copies.
    pub thumbnails: Vec<(Variant, Vec<u8>)>,
    /// Perceptual hash of the picture; `None` if it is too plain.
    pub hash: Option<PhotoHash>,
    /// When it was taken, according to the file.
    pub taken_at: Option<Timestamp>,
}

/// Waits for a slot. Load the bytes only once you have one.
pub(super) async fn slot() -> Slot {
    // Acquiring fails only if the semaphore is closed, which never happens.
    SLOTS.acquire().await.ok()
}

/// Checks the bytes and creates the copies. The slot is held until the work is done, even if nobody waits for it any
/// more.
pub(super) async fn copies(slot: Slot, bytes: Bytes) -> Result<Copies, ImageError> {
    in_turn(slot, move || make(&bytes)).await
}

/// Decodes an untrusted file, see [`picture::upright`].
pub(super) async fn opened(slot: Slot, bytes: Bytes, longer: u32) -> Result<DynamicImage, ImageError> {
    in_turn(slot, move || picture::upright(&bytes, longer)).await
}

async fn in_turn<T: Send + 'static>(
    slot: Slot,
    work: impl FnOnce() -> Result<T, ImageError> + Send + 'static,
) -> Result<T, ImageError> {
    let work = tokio::task::spawn_blocking(move || {
        let turn = slot;
        let made = work();
        drop(turn);
        made
    });
    work.await.unwrap_or_else(|broken| {
        tracing::warn!(error = %broken, "a picture broke its decoder; it was refused");
        Err(ImageError::Damaged)
    })
}

fn make(bytes: &[u8]) -> Result<Copies, ImageError> {
    let original = image::process(bytes)?;
    let thumbnails = Variant::thumbnails(original.width)
        .map(|width| Ok((Variant::Width(width), image::thumbnail(&original.bytes, width)?)))
        .collect::<Result<Vec<_>, ImageError>>()?;
    let smallest = thumbnails.first().map_or(&original.bytes, |(_, bytes)| bytes);
    let hash = picture::fingerprint(&picture::upright(smallest, u32::MAX)?);
    Ok(Copies {
        original,
        thumbnails,
        hash,
        taken_at: image::taken_at(bytes),
    })
}
