//! Announces a file.

use std::time::Duration;

use entity::{
    id::UploadId,
    upload,
    vocabulary::{UploadPurpose, UploadState},
};
use sea_orm::{ActiveValue::Set, EntityTrait};

use super::{limits, store};
use crate::{
    deps::Deps,
    kernel::{Error, FieldError, Result, Viewer, text},
};

/// How long the bytes may be sent.
const EXPIRES_AFTER: Duration = Duration::from_secs(60 * 60);
/// Most uploads that a member announces in an hour.
const PER_HOUR: u32 = 200;
/// Longest name of a file, in characters.
const MAX_FILENAME: usize = 255;

/// What somebody announces.
pub struct CreateUpload {
    /// What it is for.
    pub purpose: UploadPurpose,
    /// Its media type.
    pub content_type: String,
    /// Its exact size in bytes.
    pub byte_size: i64,
    /// Its name on the sender's device.
    pub filename: Option<String>,
}

/// Announces a file; its bytes are to be put to [`super::upload_url`] within an hour. An API key may announce files for
/// imports if it has that scope.
pub async fn create_upload(deps: &Deps, viewer: &Viewer, input: CreateUpload) -> Result<upload::Model> {
    let owner = store::uploader(deps.db.read(), viewer).await?;
    if viewer.member().is_none() && input.purpose != UploadPurpose::Import {
        return Err(Error::Forbidden("an API key uploads files for imports only".into()));
    }
    let input = checked(input)?;
    deps.limiter
        .hit(
            &format!("uploads:{owner}"),
            PER_HOUR,
            Duration::from_secs(3600),
            deps.clock.now(),
        )
        .await
        .map_err(|after| Error::RateLimited {
            what: format!("at most {PER_HOUR} uploads an hour").into(),
            after,
        })?;
    deps.write(async |tx| {
        let row = upload::ActiveModel {
            id: Set(UploadId(deps.ids.uuid(tx.now()))),
            owner_id: Set(owner),
            api_key_id: Set(viewer.key()),
            purpose: Set(input.purpose),
            content_type: Set(input.content_type),
            byte_size: Set(input.byte_size),
            filename: Set(input.filename),
            state: Set(UploadState::Waiting),
            expires_at: Set(tx.now().plus(EXPIRES_AFTER)),
            created_at: Set(tx.now()),
        };
        Ok(upload::Entity::insert(row).exec_with_returning(tx).await?)
    })
    .await
}

fn checked(input: CreateUpload) -> Result<CreateUpload> {
    let CreateUpload {
        purpose,
        content_type,
        byte_size,
        filename,
    } = input;
    let mut faults: Vec<FieldError> = Vec::new();
    let content_type = limits::content_type(purpose, &content_type).map_err(|fault| faults.push(fault));
    let byte_size = limits::byte_size(purpose, byte_size).map_err(|fault| faults.push(fault));
    let filename =
        text::optional_line("filename", filename.as_deref(), MAX_FILENAME).map_err(|fault| faults.push(fault));
    match (content_type, byte_size, filename) {
        (Ok(content_type), Ok(byte_size), Ok(filename)) => Ok(CreateUpload {
            purpose,
            content_type,
            byte_size,
            filename,
        }),
        _ => Err(Error::Invalid(faults)),
    }
}
