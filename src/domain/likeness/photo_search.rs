//! Search by picture.

use entity::{id::UploadId, vocabulary::Species};

use super::{Similar, checked_first};
use crate::{
    deps::Deps,
    domain::{pets::lookalikes, photos},
    kernel::{Result, Viewer, likeness::Wanted},
};

/// Open reports with photos similar to a picture that the viewer has uploaded, most similar first. The picture is not
/// kept longer than its upload.
#[tracing::instrument(skip_all)]
pub async fn photo_search(
    deps: &Deps,
    viewer: &Viewer,
    upload_id: UploadId,
    species: Option<Species>,
    first: i32,
) -> Result<Vec<Similar>> {
    viewer.require_member()?;
    let most = checked_first(first)?;
    let look = photos::look_at_upload(deps, viewer, upload_id).await?;
    let wanted = Wanted {
        species,
        except: None,
        most,
    };
    let found = lookalikes::most_alike(deps, viewer, vec![look], wanted).await?;
    Ok(found.into_iter().map(Similar::from).collect())
}
