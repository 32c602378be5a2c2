//! Root fields of pictures.

use std::str::FromStr;

use async_graphql::{Context, ID, Object};

use super::{SimilarPet, breeds::BreedSuggestions};
use crate::{
    domain::visual_similarity,
    graphql::{context::ContextExt, vocabulary::Species},
    kernel::{Error, Result},
};

/// Root fields of pictures.
#[derive(Default)]
pub struct VisualSimilarityQuery;

#[Object]
impl VisualSimilarityQuery {
    /// Open reports with photos that resemble a picture, the most similar first. Without a model on the server, those
    /// that show the same picture; with one, also those whose animals look alike. A picture that shows next to nothing,
    /// such as a wall or a clear sky, is too plain to be recognized: without a model it finds nothing. For members; at
    /// most 120 pictures an hour.
    async fn photo_search(
        &self,
        ctx: &Context<'_>,
        #[graphql(
            desc = "An upload of the caller for SEARCH_PHOTO whose bytes were sent. It can be asked for again for a day."
        )]
        upload_id: ID,
        #[graphql(desc = "Only reports of that species.")] species: Option<Species>,
        #[graphql(desc = "How many, 1 to 50.", default_with = "Some(10)")] first: Option<i32>,
    ) -> async_graphql::Result<Vec<SimilarPet>> {
        ctx.viewer()?.require_member()?;
        let (deps, viewer, species) = (ctx.deps()?, ctx.viewer()?, species.map(Into::into));
        let found =
            visual_similarity::photo_search(deps, viewer, upload(&upload_id)?, species, first.unwrap_or(10)).await?;
        Ok(found.into_iter().map(SimilarPet::from).collect())
    }

    /// Breeds that the animal in a picture looks like, if a model that knows breeds is configured on the server. Nothing
    /// is filled in or kept, and no match knows of it. For members; counted together with photoSearch.
    async fn suggest_breed(
        &self,
        ctx: &Context<'_>,
        #[graphql(
            desc = "An upload of the caller for SEARCH_PHOTO, or for PET_PHOTO before its photo is made; its bytes were sent."
        )]
        upload_id: ID,
        #[graphql(desc = "How many, 1 to 20.", default_with = "Some(3)")] first: Option<i32>,
    ) -> async_graphql::Result<BreedSuggestions> {
        ctx.viewer()?.require_member()?;
        let (deps, viewer) = (ctx.deps()?, ctx.viewer()?);
        let found = visual_similarity::suggest_breed(deps, viewer, upload(&upload_id)?, first.unwrap_or(3)).await?;
        Ok(found.into())
    }
}

/// Text that is no id of an upload is an unknown id.
fn upload<T: FromStr>(id: &ID) -> Result<T> {
    id.parse().map_err(|_| Error::NotFound("upload"))
}
