//! Search by picture.

use entity::{id::UploadId, vocabulary::Species};

use super::{Similar, checked_first};
use crate::{
    deps::Deps,
    domain::{pets::visual_similarity, photos},
    kernel::{Result, Viewer},
};
use ::visual_similarity::SimilarityQuery;

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
    let query = SimilarityQuery {
        species,
        except: None,
        most,
    };
    let found = visual_similarity::most_alike(deps, viewer, vec![look], query).await?;
    Ok(found.into_iter().map(Similar::from).collect())
}
