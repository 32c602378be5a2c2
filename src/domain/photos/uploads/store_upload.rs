//! Receives the bytes of an upload.

use std::{io, sync::Arc, time::Duration};

use bytes::Bytes;
use entity::{id::UploadId, upload, vocabulary::UploadState};
use futures_util::{StreamExt, TryStreamExt, stream};

use super::quota;
use crate::{
    deps::Deps,
    domain::photos::{links::is_for_upload, store, variant::upload_blob_key},
    kernel::{Error, secret::ticket::Ticket},
    ports::blobs::{ByteStream, PutError},
};

/// How long a reservation outlives a node that vanishes.
const HELD_FOR: Duration = Duration::from_secs(60);
/// How often a reservation is extended while bytes arrive.
const RENEWED_EVERY: Duration = Duration::from_secs(20);

/// Reasons why bytes were refused. None of them are kept.
#[derive(Debug, thiserror::Error)]
pub enum StoreUploadError {
    /// We did not issue the signature.
    #[error("this address was not issued by this server or was changed: use the url of createUpload as it is")]
    Forged,
    /// The URL has expired.
    #[error("this address has expired: announce the file again with createUpload")]
    Expired,
    /// The upload does not exist any more.
    #[error("there is no such upload: announce the file with createUpload")]
    Unknown,
    /// Another sender was first.
    #[error("the bytes of this upload have already arrived: announce another file with createUpload")]
    AlreadyStored,
    /// Another sender is transferring the bytes.
    #[error("the bytes of this upload are already being sent: wait until that has ended, or try again in a minute")]
    UnderWay,
    /// More bytes arrived than were announced.
    #[error("the file is larger than the {announced} bytes that were announced: announce its true size")]
    TooLarge {
        /// The announced size in bytes.
        announced: i64,
    },
    /// Fewer bytes arrived than were announced.
    #[error("the file ended before the {announced} bytes that were announced: send all of it again")]
    TooShort {
        /// The announced size in bytes.
        announced: i64,
    },
    /// The sender paused for too long.
    #[error("the bytes came too slowly: send the file again")]
    TooSlow,
    /// An error that is not the sender's fault.
    #[error(transparent)]
    Failed(#[from] Error),
}

/// Stores the bytes of an upload, exactly as many as were announced. `length` is the number of bytes according to the
/// sender. The stream fails with [`io::ErrorKind::UnexpectedEof`] if the sender disconnects and with
/// [`io::ErrorKind::TimedOut`] if it pauses too long.
///
/// Whatever happens, the upload stays in the waiting state until all bytes are durable. One sender at a time has it
/// reserved, so that a URL can use up the disk space of one file only; if a node vanishes, its reservation expires
/// after a minute. The caller must let this run to its end, because it releases its reservation itself.
pub async fn store_upload(
    deps: &Deps,
    id: UploadId,
    ticket: &Ticket,
    length: Option<u64>,
    bytes: ByteStream<'_>,
) -> Result<(), StoreUploadError> {
    let upload = expected(deps, id, ticket, length).await?;
    let size = announced_size(&upload)?;
    quota::refuse_without_room(deps, size).await?;
    if !deps.write(async |tx| store::hold(tx, id, HELD_FOR).await).await? {
        return Err(StoreUploadError::UnderWay);
    }
    let taken = take(deps, &upload, size, bytes).await;
    deps.write(async |tx| store::let_go(tx, id).await).await?;
    taken
}

/// Writes the bytes to a draft and moves it to its final place.
async fn take(deps: &Deps, upload: &upload::Model, size: u64, bytes: ByteStream<'_>) -> Result<(), StoreUploadError> {
    let id = upload.id;
    let draft = format!("{}.{}", upload_blob_key(id), deps.ids.uuid(deps.clock.now()));
    tokio::select! {
        put = deps.blobs.put_stream(&draft, exactly(bytes, size), size) => {
            put.map_err(|error| refusal(error, upload.byte_size))?;
        }
        error = keep_holding(deps, id) => return Err(error.into()),
    }
    let published = publish(deps, id, &draft).await;
    if !matches!(published, Ok(true)) {
        // Best effort: a draft that stays only costs space.
        let _ = deps.blobs.delete(&draft).await;
    }
    match published? {
        true => Ok(()),
        false => Err(StoreUploadError::AlreadyStored),
    }
}

/// Keeps the upload reserved for as long as it is polled; returns when that fails.
async fn keep_holding(deps: &Deps, id: UploadId) -> Error {
    loop {
        tokio::time::sleep(RENEWED_EVERY).await;
        if let Err(error) = deps.write(async |tx| store::hold_on(tx, id, HELD_FOR).await).await {
            return error;
        }
    }
}

/// The upload, if the ticket allows sending it now and its length is right as far as it is known.
async fn expected(
    deps: &Deps,
    id: UploadId,
    ticket: &Ticket,
    length: Option<u64>,
) -> Result<upload::Model, StoreUploadError> {
    if !is_for_upload(ticket, deps, id) {
        return Err(StoreUploadError::Forged);
    }
    if ticket.expires_at <= deps.clock.now() {
        return Err(StoreUploadError::Expired);
    }
    let upload = store::upload_by_id(deps.db.read(), id)
        .await?
        .ok_or(StoreUploadError::Unknown)?;
    if upload.state != UploadState::Waiting {
        return Err(StoreUploadError::AlreadyStored);
    }
    let (size, announced) = (announced_size(&upload)?, upload.byte_size);
    match length {
        Some(length) if size < length => Err(StoreUploadError::TooLarge { announced }),
        Some(length) if length < size => Err(StoreUploadError::TooShort { announced }),
        _ => Ok(upload),
    }
}

fn announced_size(upload: &upload::Model) -> Result<u64, Error> {
    u64::try_from(upload.byte_size).map_err(Error::internal)
}

/// The same chunks, but a stream that ends before `size` bytes fails, so that the store keeps none of it.
fn exactly(bytes: ByteStream<'_>, size: u64) -> ByteStream<'_> {
    let pieces = stream::try_unfold((bytes, size), |(mut bytes, missing)| async move {
        let piece: Option<Bytes> = bytes.try_next().await?;
        match piece {
            Some(piece) => {
                let missing = missing.saturating_sub(piece.len() as u64);
                Ok(Some((piece, (bytes, missing))))
            }
            None if missing == 0 => Ok(None),
            None => Err(io::Error::from(io::ErrorKind::UnexpectedEof)),
        }
    });
    pieces.boxed()
}

fn refusal(error: PutError, announced: i64) -> StoreUploadError {
    match error {
        PutError::TooLarge => StoreUploadError::TooLarge { announced },
        PutError::Io(error) => match error.kind() {
            io::ErrorKind::UnexpectedEof => StoreUploadError::TooShort { announced },
            io::ErrorKind::TimedOut => StoreUploadError::TooSlow,
            _ => StoreUploadError::Failed(Error::Unavailable(Arc::new(error))),
        },
    }
}

/// Moves durable bytes to their final place and marks the upload as stored; false if another sender did so first. The
/// row stays locked while the bytes are moved, so that nobody can overwrite them afterwards.
async fn publish(deps: &Deps, id: UploadId, draft: &str) -> Result<bool, Error> {
    deps.write(async |tx| {
        if !store::advance(tx, id, UploadState::Waiting, UploadState::Stored).await? {
            return Ok(false);
        }
        let moved = deps.blobs.rename(draft, &upload_blob_key(id)).await;
        moved.map_err(|error| Error::Unavailable(Arc::new(error)))?;
        Ok(true)
    })
    .await
}

#[cfg(test)]
mod tests {
    use super::*;

    async fn read(pieces: &[&'static [u8]], size: u64) -> io::Result<Vec<Bytes>> {
        let pieces = pieces.iter().map(|piece| Ok(Bytes::from_static(piece)));
        exactly(stream::iter(pieces.collect::<Vec<_>>()).boxed(), size)
            .try_collect()
            .await
    }

    #[tokio::test]
    async fn a_stream_of_the_announced_size_passes_and_a_shorter_one_fails() {
        assert_eq!(read(&[b"ab", b"c"], 3).await.unwrap(), ["ab", "c"]);
        let short = read(&[b"ab"], 3).await.unwrap_err();
        assert_eq!(short.kind(), io::ErrorKind::UnexpectedEof);
    }
}
