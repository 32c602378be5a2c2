//! Announces an upload.

use std::time::Duration;

use entity::{
    id::UploadId,
    upload,
    vocabulary::{UploadPurpose, UploadState},
};
use sea_orm::{ActiveValue::Set, EntityTrait};

use super::{limits, quota};
use crate::{
    deps::{Deps, HOUR, IdempotencyKey, Limit, Remembered, is_repeat, once},
    domain::{accounts, photos::store, staff::Actor},
    kernel::{Error, FieldError, Result, Scope, Viewer, text},
};

/// Time in which the bytes must be sent.
const EXPIRES_AFTER: Duration = Duration::from_secs(60 * 60);
/// Maximum number of uploads per member and hour.
pub const UPLOADS: Limit = Limit::new("create-upload", 200, "uploads", HOUR);
/// Maximum length of a file name, in characters.
const MAX_FILENAME: usize = 255;

/// Input for announcing a file.
#[derive(Debug)]
pub struct CreateUpload {
    /// Decides who may announce it and where it may be used.
    pub purpose: UploadPurpose,
    /// Media type.
    pub content_type: String,
    /// Exact size in bytes.
    pub byte_size: i64,
    /// Name on the sender's device.
    pub filename: Option<String>,
    /// A repeat with the same key and input within 24 hours returns the first upload.
    pub idempotency_key: Option<IdempotencyKey>,
}

/// Announces a file; its bytes must be sent by PUT to [`crate::domain::photos::upload_url`] within an hour. Files to
/// import can be announced by ADMIN and STAFF of a shelter, and by its keys with that scope; photos of pets by members,
/// and by keys that may write reports.
pub async fn create_upload(deps: &Deps, viewer: &Viewer, input: CreateUpload) -> Result<upload::Model> {
    let owner = store::uploader(deps.db.read(), viewer).await?;
    check_scope(viewer, input.purpose)?;
    let input = checked(input)?;
    let actor = Actor::of(deps.db.read(), viewer).await?;
    if input.purpose == UploadPurpose::Import && actor.importing_for().is_empty() {
        let message = "only ADMIN and STAFF of a shelter, and its keys with imports:write, can upload files to import";
        return Err(Error::Forbidden(message.into()));
    }
    let key = input.idempotency_key.as_ref();
    if !is_repeat(deps, viewer, "createUpload", key).await? {
        deps.limit(&UPLOADS, owner).await?;
    }
    deps.write(async |tx| {
        let reservation = match once(tx, viewer, "createUpload", key).await? {
            Remembered::New(reservation) => reservation,
            Remembered::Done(first) => {
                return store::own_upload(tx, viewer, first.parse().map_err(Error::internal)?).await;
            }
        };
        accounts::lock_member(tx, owner).await?;
        quota::refuse_beyond(tx, &actor, owner, input.purpose, input.byte_size).await?;
        quota::refuse_without_room(deps, input.byte_size.unsigned_abs()).await?;
        let row = upload::ActiveModel {
            id: Set(UploadId(deps.ids.uuid(tx.now()))),
            owner_id: Set(owner),
            api_key_id: Set(viewer.key()),
            purpose: Set(input.purpose),
            content_type: Set(input.content_type.clone()),
            byte_size: Set(input.byte_size),
            filename: Set(input.filename.clone()),
            state: Set(UploadState::Waiting),
            expires_at: Set(tx.now().plus(EXPIRES_AFTER)),
            created_at: Set(tx.now()),
            receiving_until: Set(None),
        };
        let upload = upload::Entity::insert(row).exec_with_returning(tx).await?;
        reservation.fulfil(tx, upload.id).await?;
        Ok(upload)
    })
    .await
}

/// Refuses what the scopes of a key do not cover.
fn check_scope(viewer: &Viewer, purpose: UploadPurpose) -> Result<()> {
    let Viewer::Key { scopes, .. } = viewer else {
        return Ok(());
    };
    let (needed, message) = match purpose {
        UploadPurpose::Import => (
            Some(Scope::ImportsWrite),
            "an API key needs the scope imports:write to upload files to import",
        ),
        UploadPurpose::PetPhoto => (
            Some(Scope::PetsWrite),
            "an API key needs the scope pets:write to upload photos",
        ),
        _ => (None, "an API key can upload photos of pets and files to import only"),
    };
    match needed.is_some_and(|needed| scopes.contains(&needed)) {
        true => Ok(()),
        false => Err(Error::Forbidden(message.into())),
    }
}

fn checked(input: CreateUpload) -> Result<CreateUpload> {
    let CreateUpload {
        purpose,
        content_type,
        byte_size,
        filename,
        idempotency_key,
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
            idempotency_key,
        }),
        _ => Err(Error::Invalid(faults)),
    }
}
