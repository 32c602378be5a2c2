//! Turns an upload into a photo.

use entity::{
    id::UploadId,
    photo, upload,
    vocabulary::{UploadPurpose, UploadState},
};

use super::{
    develop::Developed,
    store,
    uploads::{fault, not_arrived, used},
};
use crate::{
    deps::Deps,
    kernel::{AtField, Error, FieldCode, Result, Viewer, text},
};

/// Maximum length of the alternative text, in characters.
const MAX_ALT: usize = 500;

/// Input for turning an upload into a photo.
pub struct UploadPhoto {
    /// One of the viewer's uploads whose bytes were sent.
    pub upload_id: UploadId,
    /// Alternative text for people who cannot see the photo; at most 500 characters.
    pub alt: Option<String>,
}

/// Turns an upload into a photo, once: a repeat for the same upload returns the same photo. Contact details in the
/// alternative text of a public photo are masked. For members, and for API keys that may write reports.
pub async fn upload_photo(deps: &Deps, viewer: &Viewer, input: UploadPhoto) -> Result<photo::Model> {
    let UploadPhoto { upload_id, alt } = input;
    store::uploader(deps.db.read(), viewer).await?;
    let alt = text::optional_line("alt", alt.as_deref(), MAX_ALT).map_err(|fault| Error::Invalid(vec![fault]))?;
    made_once(deps, viewer, upload_id, alt).await.at("uploadId")
}

async fn made_once(deps: &Deps, viewer: &Viewer, id: UploadId, alt: Option<String>) -> Result<photo::Model> {
    let upload = store::own_upload(deps.db.read(), viewer, id).await?;
    let alt = match upload.purpose {
        UploadPurpose::PetPhoto | UploadPurpose::Avatar => alt.map(|alt| language_rules::mask_contacts(&alt).text),
        UploadPurpose::ChatImage | UploadPurpose::ClaimPhoto => alt,
        UploadPurpose::Import => {
            let message = "this upload was announced as a file to import: announce a photo with purpose PET_PHOTO";
            return Err(fault(FieldCode::Invalid, message));
        }
        UploadPurpose::SearchPhoto => {
            let message = "this upload was announced for searching: announce a photo with purpose PET_PHOTO";
            return Err(fault(FieldCode::Invalid, message));
        }
    };
    match upload.state {
        UploadState::Waiting => Err(not_arrived()),
        UploadState::Used => already_made(deps, id).await,
        UploadState::Stored => make(deps, &upload, alt).await,
    }
}

/// The photo that another request has made already.
async fn already_made(deps: &Deps, id: UploadId) -> Result<photo::Model> {
    store::photo_of_upload(deps.db.read(), id).await?.ok_or_else(used)
}

async fn make(deps: &Deps, upload: &upload::Model, alt: Option<String>) -> Result<photo::Model> {
    let Some(developed) = Developed::from(deps, upload, alt).await? else {
        return already_made(deps, upload.id).await;
    };
    let made = deps.write(async |tx| developed.insert(tx).await).await?;
    developed.tidy_up(deps, made.is_some()).await;
    match made {
        Some(photo) => Ok(photo),
        None => already_made(deps, upload.id).await,
    }
}
