//! Uploads for those who announced them.

use entity::{
    id::UploadId,
    upload,
    vocabulary::{UploadPurpose, UploadState},
};

use super::store;
use crate::{
    deps::{Deps, Tx},
    kernel::{Error, FieldCode, FieldError, Result, Viewer},
};

/// An upload of the viewer, whatever its state.
pub async fn find_upload(deps: &Deps, viewer: &Viewer, id: UploadId) -> Result<upload::Model> {
    store::own_upload(deps.db.read(), viewer, id).await
}

/// An upload of the viewer for that purpose whose bytes are there, under [`super::upload_blob_key`], and not used yet.
/// Faults have an empty path: say the field by `at`.
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

/// Marks a stored upload as used in the transaction that uses it; false if somebody else did so first.
pub async fn use_upload(tx: &Tx, id: UploadId) -> Result<bool> {
    store::advance(tx, id, UploadState::Stored, UploadState::Used).await
}

/// Says that the bytes are still to be sent.
pub(super) fn not_arrived() -> Error {
    fault(
        FieldCode::NotAllowed,
        "the bytes of this upload have not arrived: PUT them to its url first",
    )
}

/// Says that the upload is spent.
pub(super) fn used() -> Error {
    fault(
        FieldCode::Conflict,
        "this upload was already used: announce a new one and send the file again",
    )
}

/// A fault of the upload as a whole; the caller says by `at` which field named it.
pub(super) fn fault(code: FieldCode, message: &str) -> Error {
    Error::Invalid(vec![FieldError {
        path: Vec::new(),
        code,
        message: message.to_owned(),
    }])
}
