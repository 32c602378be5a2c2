//! A report that is like another.

use std::sync::{
    Arc,
    atomic::{AtomicU32, Ordering},
};

use async_graphql::{Context, Enum, SimpleObject};
use entity::pet;

use crate::{
    domain::visual_similarity::{self, Basis, Similar},
    graphql::{context::ContextExt, pets::Pet},
    kernel::{Error, Result},
};

/// How the similarity was measured.
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

/// Reports of one request that may be asked for similar ones: each of them is a search.
const MOST_SEARCHES: u32 = 10;

/// The searches of one request.
#[derive(Default)]
struct Searches(AtomicU32);

/// Reports that are like this one.
pub async fn similar_to(ctx: &Context<'_>, pet: &pet::Model, first: Option<i32>) -> Result<Vec<SimilarPet>> {
    let searches = ctx.loaders()?.counted::<Searches>();
    if MOST_SEARCHES <= searches.0.fetch_add(1, Ordering::Relaxed) {
        let message =
            "similar can be queried for at most 10 reports in one request: split the query into several requests";
        return Err(Error::BadInput(message.into()));
    }
    let found = visual_similarity::similar(ctx.deps()?, ctx.viewer()?, pet, first.unwrap_or(10)).await?;
    Ok(found.into_iter().map(SimilarPet::from).collect())
}
