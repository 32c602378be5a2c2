//! A report that is like another.

use std::sync::Arc;

use async_graphql::{Context, Enum, SimpleObject};
use entity::pet;

use crate::{
    domain::visual_similarity::{self, Basis, Similar},
    graphql::{context::ContextExt, pets::Pet},
    kernel::Result,
};

/// What likeness was measured by.
#[derive(Enum, Copy, Clone, Debug, PartialEq, Eq)]
#[graphql(remote = "Basis")]
pub enum SimilarityBasis {
    /// A photo of the report is the same picture: perhaps scaled, recompressed, brighter, gray, mirrored or cropped by
    /// up to a tenth.
    Picture,
    /// The configured model sees similar animals in the photos.
    #[graphql(name = "LOOKS")]
    VisualSimilarity,
    /// What the reports say: breed, colors, size, sex, age, marks, masked place and time.
    Details,
}

/// A report that is like another, or like a picture.
#[derive(SimpleObject)]
pub struct SimilarPet {
    /// The report; it is open.
    pet: Pet,
    /// 0 to 1. PICTURE: 1 for the same file, 0.5 for the farthest that counts as the same picture. LOOKS: the cosine
    /// that the model gives. DETAILS: 0.5 where a lost and a found animal like these would be worth an alert. Whichever
    /// says most counts.
    similarity: f64,
    /// Which of them it is.
    basis: SimilarityBasis,
}

impl From<Similar> for SimilarPet {
    fn from(found: Similar) -> Self {
        Self {
            pet: Pet(Arc::new(found.pet)),
            similarity: found.similarity,
            basis: found.basis.into(),
        }
    }
}

/// Reports that are like this one.
pub async fn similar_to(ctx: &Context<'_>, pet: &pet::Model, first: Option<i32>) -> Result<Vec<SimilarPet>> {
    ctx.loaders()?.look_for_similar()?;
    let found = visual_similarity::similar(ctx.deps()?, ctx.viewer()?, pet, first.unwrap_or(10)).await?;
    Ok(found.into_iter().map(SimilarPet::from).collect())
}
