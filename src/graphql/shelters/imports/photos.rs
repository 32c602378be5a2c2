//! What becomes of the photos that an import wants.

use async_graphql::{Context, Object, SimpleObject};
use entity::photo_fetch;

use crate::{
    domain::shelters::PhotoCounts,
    graphql::{
        context::ContextExt,
        error::nullable,
        pets::{Pet, Pets},
    },
};

/// What became of the photos whose addresses an import has read. They are fetched after it, and those of animals that a later
/// import tells of anew count there.
#[derive(SimpleObject)]
pub struct ImportPhotos {
    /// Photos that are to be fetched, or were: at most ten of each open report, without those of which the address says that
    /// they are no photo.
    wanted: i32,
    /// Photos that were fetched; that of an address that was known before is not fetched again.
    fetched: i32,
    /// Photos that were given up; see photoFailures.
    failed: i32,
    /// Pictures that were left out because many animals of the shelter have the same one.
    placeholders: i32,
}

impl From<PhotoCounts> for ImportPhotos {
    fn from(counts: PhotoCounts) -> Self {
        let PhotoCounts {
            wanted,
            fetched,
            failed,
            placeholders,
        } = counts;
        let [wanted, fetched, failed, placeholders] =
            [wanted, fetched, failed, placeholders].map(|count| i32::try_from(count).unwrap_or(i32::MAX));
        Self {
            wanted,
            fetched,
            failed,
            placeholders,
        }
    }
}

/// A photo that was left out.
pub struct ImportPhotoFailure(pub photo_fetch::Model);

/// A photo that was left out.
#[Object]
impl ImportPhotoFailure {
    /// The report that goes without it; null if it is hidden.
    async fn pet(&self, ctx: &Context<'_>) -> Option<async_graphql::Result<Pet>> {
        nullable(async { Ok(ctx.loaders()?.get::<Pets>().load_one(self.0.pet_id).await?.map(Pet)) }).await
    }

    /// Its address in the file.
    async fn url(&self) -> &str {
        &self.0.url
    }

    /// Why, and what to do.
    async fn reason(&self) -> &str {
        self.0.error.as_deref().unwrap_or_default()
    }
}
