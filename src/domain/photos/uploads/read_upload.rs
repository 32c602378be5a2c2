//! Access to uploads for the members and keys that announced them.

use entity::{
    id::UploadId,
    upload,
    vocabulary::{UploadPurpose, UploadState},
};

use crate::{
    deps::{Deps, Tx},
    domain::photos::store,
    kernel::{Error, FieldCode, FieldError, Result, Viewer},
};

/// One of the viewer's uploads, whatever its state.
pub async fn find_upload(deps: &Deps, viewer: &Viewer, id: UploadId) -> Result<upload::Model> {
    store::own_upload(deps.db.read(), viewer, id).await
}

/// One of the viewer's uploads for that purpose, with its bytes stored under
/// [`crate::domain::photos::upload_blob_key`] and not yet used. Errors have an empty path: add the field with `at`.
pub async fn read_upload(deps: &Deps, viewer: &Viewer, id: UploadId, purpose: UploadPurpose) -> Result<upload::Model> {
    let upload = find_upload(deps, viewer, id).await?;
    if upload.purpose != purpose {
        let message = "this upload was announced for another purpose: announce a new one with the right purpose";
        return Err(fault(FieldCode::Invalid, message));
    }
    match upload.state {
        UploadState::Stored => Ok(upload),
        UploadState::Waiting => Err(not_arrived()),
        UploadState::Used => Err(used()),
    }
}

/// Marks a stored upload as used, in the transaction that uses it; false if another one did so first.
pub async fn use_upload(tx: &Tx, id: UploadId) -> Result<bool> {
    store::advance(tx, id, UploadState::Stored, UploadState::Used).await
}

/// The error for an upload whose bytes have not been sent.
pub fn not_arrived() -> Error {
    fault(
        FieldCode::NotAllowed,
        "the bytes of this upload have not arrived: PUT them to its url first",
    )
}

/// The error for an upload that has been used.
pub fn used() -> Error {
    fault(
        FieldCode::Conflict,
        "this upload was already used: announce a new one and send the file again",
    )
}

/// An error about the upload as a whole; the caller adds the field with `at`.
pub fn fault(code: FieldCode, message: &str) -> Error {
    Error::Invalid(vec![FieldError {
        path: Vec::new(),
        code,
        message: message.to_owned(),
    }])
}
