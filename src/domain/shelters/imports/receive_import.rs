//! Imports a file that is the body of one request, for scripts: announced, received and queued in one go.
//!
//! The file becomes an upload like any other, within the same limits, and its import is that of
//! [`super::import_pets()`]. Of a file whose import is refused, or had been queued before, nothing is kept.

use std::sync::{Arc, Mutex, PoisonError};

use bytes::Bytes;
use entity::{import, upload, vocabulary::UploadPurpose};
use futures_util::StreamExt;
use serde_json::json;
use sha2::{Digest, Sha256};

use super::import_pets::{ImportPets, import_pets, refuse_early};
use crate::{
    deps::{Deps, IdempotencyKey},
    domain::photos::{self, CreateUpload, StoreUploadError},
    kernel::{Result, Viewer, secret::hex},
    ports::blobs::ByteStream,
};

/// What the sender says of the file.
pub struct SentFile {
    /// Media type.
    pub content_type: String,
    /// Exact size in bytes.
    pub byte_size: i64,
    /// A repeat with the same key, input and file within 24 hours returns the first import.
    pub idempotency_key: Option<String>,
}

/// A file that may come, and what is to be done with it.
pub struct AnnouncedFile {
    import: ImportPets,
    upload: upload::Model,
    idempotency_key: Option<String>,
}

/// Checks all that can be checked before the bytes are there, and makes room for them. `import` names no file and no key.
pub async fn announce_file(deps: &Deps, viewer: &Viewer, import: ImportPets, file: SentFile) -> Result<AnnouncedFile> {
    refuse_early(deps, viewer, &import).await?;
    let SentFile {
        content_type,
        byte_size,
        idempotency_key,
    } = file;
    let announced = CreateUpload {
        purpose: UploadPurpose::Import,
        content_type,
        byte_size,
        filename: None,
        idempotency_key: None,
    };
    Ok(AnnouncedFile {
        upload: photos::create_upload(deps, viewer, announced).await?,
        import,
        idempotency_key,
    })
}

/// Stores the bytes and queues their import. The stream fails as for [`photos::store_upload`], and like there the caller must
/// let this run to its end.
pub async fn receive_import(
    deps: &Deps,
    viewer: &Viewer,
    announced: AnnouncedFile,
    bytes: ByteStream<'_>,
) -> Result<import::Model, StoreUploadError> {
    let (id, blob_key) = (announced.upload.id, photos::upload_blob_key(announced.upload.id));
    let queued = store_and_queue(deps, viewer, announced, bytes).await;
    let is_needed = queued.as_ref().is_ok_and(|import| import.blob_key == blob_key);
    if !is_needed && let Err(error) = photos::forget_upload(deps, viewer, id).await {
        tracing::warn!(%error, upload.id = %id, "a file that is not imported could not be deleted");
    }
    queued
}

async fn store_and_queue(
    deps: &Deps,
    viewer: &Viewer,
    announced: AnnouncedFile,
    bytes: ByteStream<'_>,
) -> Result<import::Model, StoreUploadError> {
    let AnnouncedFile {
        import,
        upload,
        idempotency_key,
    } = announced;
    let ticket = photos::upload_ticket(deps, &upload);
    let length = u64::try_from(upload.byte_size).ok();
    let idempotency_key = match idempotency_key {
        None => {
            photos::store_upload(deps, upload.id, &ticket, length, bytes).await?;
            None
        }
        Some(key) => {
            let digest = Arc::<Mutex<Sha256>>::default();
            let bytes = digested(bytes, digest.clone());
            photos::store_upload(deps, upload.id, &ticket, length, bytes).await?;
            let digest = digest.lock().unwrap_or_else(PoisonError::into_inner).clone();
            Some(key_of(key, &import, &hex(&digest.finalize())))
        }
    };
    let import = ImportPets {
        upload_id: Some(upload.id),
        idempotency_key,
        ..import
    };
    Ok(import_pets(deps, viewer, import).await?)
}

/// The same chunks, which are also digested: two files are the same if their bytes are.
fn digested(bytes: ByteStream<'_>, digest: Arc<Mutex<Sha256>>) -> ByteStream<'_> {
    let pieces = bytes.inspect(move |piece: &std::io::Result<Bytes>| {
        if let Ok(piece) = piece {
            digest.lock().unwrap_or_else(PoisonError::into_inner).update(piece);
        }
    });
    Box::pin(pieces)
}

/// The key with all that a repeat must have in common with the first request.
fn key_of(key: String, import: &ImportPets, sha256: &str) -> IdempotencyKey {
    let input = json!({
        "shelterId": import.shelter_id.to_string(),
        "mode": import.mode,
        "confirmRemovals": import.confirm_removals,
        "dateOrder": import.date_order,
        "dryRun": import.dry_run,
        "sha256": sha256,
    });
    IdempotencyKey::new(key, input)
}
