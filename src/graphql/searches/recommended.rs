//! What the viewer may want to see.

use std::sync::Arc;

use async_graphql::{Context, SimpleObject};

use crate::{
    domain::searches,
    graphql::{context::ContextExt, pets::Pet},
    kernel::Result,
};

/// A report that the member may want to see, and why.
#[derive(SimpleObject)]
pub struct RecommendedPet {
    /// The report.
    pet: Pet,
    /// From 0 to 1; more is better. Only good for an order.
    score: f64,
    /// Why, for people, such as `Near where you lost Sweetie`.
    reason: String,
}

/// The best recommendations for the viewer.
pub async fn recommended_pets(ctx: &Context<'_>, first: i32) -> Result<Vec<RecommendedPet>> {
    let found = searches::recommended_pets(ctx.deps()?, ctx.viewer()?, first).await?;
    Ok(found
        .into_iter()
        .map(|found| RecommendedPet {
            pet: Pet(Arc::new(found.pet)),
            score: (found.score * 100.0).round() / 100.0,
            reason: found.reason,
        })
        .collect())
}
