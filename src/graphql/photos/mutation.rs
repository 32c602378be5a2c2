//! Mutations of uploads and photos.

use std::sync::Arc;

use async_graphql::{Context, ID, InputObject, Object, SimpleObject};

use super::{Photo, Upload};
use crate::{
    domain::photos,
    graphql::{
        context::ContextExt,
        error::{UserError, input_id, settle},
        idempotency::idempotency_key,
        vocabulary::UploadPurpose,
    },
};

/// A file that somebody is about to send.
#[derive(InputObject)]
pub struct CreateUploadInput {
    /// What it is for. Only ADMIN and STAFF of a shelter and its keys with imports:write may import; an API key with
    /// pets:write may announce a PET_PHOTO, and no key anything else.
    purpose: UploadPurpose,
    /// Media type: image/jpeg, image/png or image/webp for photos; text/csv, application/json,
    /// application/vnd.openxmlformats-officedocument.spreadsheetml.sheet, text/plain or application/octet-stream for an
    /// import.
    content_type: String,
    /// Exact size in bytes: at most 10 MB for PET_PHOTO, SEARCH_PHOTO and CLAIM_PHOTO, 5 MB for CHAT_IMAGE, 200 MB for IMPORT; a MB has 1,048,576.
    byte_size: i32,
    /// Name of the file, at most 255 characters; kept for the sender, otherwise without effect.
    filename: Option<String>,
    /// Any text of up to 200 characters: the same key and input within 24 hours gives the first upload again.
    idempotency_key: Option<String>,
}

/// Answer of createUpload.
#[derive(SimpleObject)]
pub struct CreateUploadPayload {
    /// Where to send the bytes.
    upload: Option<Upload>,
    /// What to correct; empty when it is done.
    user_errors: Vec<UserError>,
}

/// An upload that is to become a photo.
#[derive(InputObject)]
pub struct UploadPhotoInput {
    /// An upload of the caller for PET_PHOTO, CHAT_IMAGE or CLAIM_PHOTO whose bytes were sent.
    upload_id: ID,
    /// What can be seen on it, at most 500 characters. Phone numbers and e-mail addresses are hidden in public photos.
    alt: Option<String>,
}

/// Answer of uploadPhoto.
#[derive(SimpleObject)]
pub struct UploadPhotoPayload {
    /// The photo; its id goes where photoIds and imageIds are taken.
    photo: Option<Photo>,
    /// What to correct; empty when it is done.
    user_errors: Vec<UserError>,
}

/// Mutations of uploads and photos.
#[derive(Default)]
pub struct PhotoMutation;

#[Object]
impl PhotoMutation {
    /// Announces a file; its bytes are then sent to the url of the upload. At most 200 an hour for each member,
    /// 2,000 MB within 24 hours and 1,000 MB that are not used yet; 5,000 MB of files to import.
    async fn create_upload(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What the file is.")] input: CreateUploadInput,
    ) -> async_graphql::Result<CreateUploadPayload> {
        let idempotency_key = idempotency_key(input.idempotency_key.as_deref(), &input);
        let CreateUploadInput {
            purpose,
            content_type,
            byte_size,
            filename,
            idempotency_key: _,
        } = input;
        let input = photos::CreateUpload {
            purpose: purpose.into(),
            content_type,
            byte_size: byte_size.into(),
            filename,
            idempotency_key,
        };
        let (upload, user_errors) = settle(photos::create_upload(ctx.deps()?, ctx.viewer()?, input).await)?;
        Ok(CreateUploadPayload {
            upload: upload.map(Upload),
            user_errors,
        })
    }

    /// Makes a photo of an upload: upright, without metadata, with smaller copies. Asking again for the same upload gives
    /// the same photo.
    async fn upload_photo(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which upload, and what it shows.")] input: UploadPhotoInput,
    ) -> async_graphql::Result<UploadPhotoPayload> {
        let UploadPhotoInput { upload_id, alt } = input;
        let done = async {
            let upload_id = input_id("uploadId", &upload_id)?;
            photos::upload_photo(ctx.deps()?, ctx.viewer()?, photos::UploadPhoto { upload_id, alt }).await
        };
        let (photo, user_errors) = settle(done.await)?;
        Ok(UploadPhotoPayload {
            photo: photo.map(|photo| Photo(Arc::new(photo))),
            user_errors,
        })
    }
}
