//! The file that comes with a request.

use std::{
    io::{Cursor, Read},
    sync::Arc,
};

use bytes::Bytes;
use entity::{id::UploadId, vocabulary::UploadPurpose};
use import_reader::FileError;

use crate::{
    deps::Deps,
    domain::photos,
    kernel::{AtField, Error, FieldCode, Result, Viewer},
};

/// Maximum size in bytes of a file sent within the request.
const MOST_INLINE: usize = 900_000;

/// A file to import or to look at.
pub(super) enum ImportFile {
    /// Sent within the request.
    Inline(Bytes),
    /// The blob key of an upload.
    Uploaded(String),
}

impl ImportFile {
    /// The file in an input, which has either of the two.
    pub(super) async fn given(
        deps: &Deps,
        viewer: &Viewer,
        data: Option<String>,
        upload_id: Option<UploadId>,
    ) -> Result<Self> {
        match (data, upload_id) {
            (Some(data), None) => {
                if data.trim().is_empty() {
                    return Err(Error::field("data", FieldCode::Required, "data must not be empty"));
                }
                if MOST_INLINE < data.len() {
                    let message =
                        format!("data can have at most {MOST_INLINE} bytes: upload larger files and give uploadId");
                    return Err(Error::field("data", FieldCode::TooLong, message));
                }
                Ok(Self::Inline(Bytes::from(data)))
            }
            (None, Some(upload_id)) => {
                let upload = photos::read_upload(deps, viewer, upload_id, UploadPurpose::Import).await;
                Ok(Self::Uploaded(photos::upload_blob_key(upload.at("uploadId")?.id)))
            }
            (None, None) => Err(Error::field("data", FieldCode::Required, "give data or uploadId")),
            (Some(_), Some(_)) => {
                let message = "give data or uploadId, not both";
                Err(Error::field("uploadId", FieldCode::Invalid, message))
            }
        }
    }

    /// Its bytes, from the beginning.
    pub(super) async fn open(&self, deps: &Deps) -> Result<Box<dyn Read + Send>> {
        match self {
            Self::Inline(bytes) => Ok(Box::new(Cursor::new(bytes.clone()))),
            Self::Uploaded(key) => {
                let opened = deps.blobs.open(key).await;
                let file = opened.map_err(|error| Error::Unavailable(Arc::new(error)))?;
                file.ok_or_else(|| {
                    let message = "the file is no longer there: upload it again";
                    Error::field("uploadId", FieldCode::NotFound, message)
                })
            }
        }
    }

    /// A file that cannot be read, as an error of the field that gave it.
    pub(super) fn refused(&self, error: FileError) -> Error {
        let field = match self {
            Self::Inline(_) => "data",
            Self::Uploaded(_) => "uploadId",
        };
        match error {
            FileError::Source(source) => Error::Unavailable(Arc::new(source)),
            other => Error::field(field, FieldCode::Invalid, other.to_string()),
        }
    }
}
