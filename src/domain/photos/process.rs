//! Makes the stored copies of a photo, away from the threads that answer requests.

use bytes::Bytes;
use tokio::sync::{Semaphore, SemaphorePermit};

use super::{
    image::{self, ImageError, ProcessedPhoto},
    variant::Variant,
};

/// Two photos at a time: decoding one may take 256 MiB.
static SLOTS: Semaphore = Semaphore::const_new(2);

/// The right to make one photo now.
pub(super) type Slot = Option<SemaphorePermit<'static>>;

/// Every copy of a photo.
pub(super) struct Copies {
    /// The largest.
    pub original: ProcessedPhoto,
    /// The smaller ones.
    pub thumbnails: Vec<(Variant, Vec<u8>)>,
}

/// Waits for a turn. Whoever has one may load the bytes.
pub(super) async fn slot() -> Slot {
    // An error would mean that the semaphore was closed, and nobody closes it.
    SLOTS.acquire().await.ok()
}

/// Checks the bytes and makes the copies. The turn lasts until the work is over, even if nobody waits for it any more.
pub(super) async fn copies(slot: Slot, bytes: Bytes) -> Result<Copies, ImageError> {
    let work = tokio::task::spawn_blocking(move || {
        let turn = slot;
        let made = make(&bytes);
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
    Ok(Copies { original, thumbnails })
}
