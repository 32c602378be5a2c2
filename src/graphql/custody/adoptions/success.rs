//! How many adopted animals are still in their new homes.

use std::sync::Arc;

use async_graphql::{Context, Object, SimpleObject};
use entity::shelter;

use crate::{
    domain::custody::{self, CheckTime},
    graphql::context::ContextExt,
    kernel::Result,
};

/// How many of a shelter's adopted animals are still in their new homes, for those who see its dashboard.
pub struct AdoptionSuccess(pub Arc<shelter::Model>);

/// What became of adoptions by a time that came within the last twelve months.
#[derive(SimpleObject)]
pub struct AdoptionFigures {
    /// All of them: kept, returned, died and unknown.
    due: i32,
    /// Animals that were still in their new homes.
    kept: i32,
    /// Animals that came back or were given away again.
    returned: i32,
    /// Animals that died in their new homes.
    died: i32,
    /// Animals of which nobody knows, or of which nothing is recorded yet.
    unknown: i32,
    /// Those that were kept in percent of those that were kept or returned; null without any.
    percent: Option<f64>,
}

impl AdoptionSuccess {
    async fn figures(&self, ctx: &Context<'_>, time: CheckTime) -> Result<AdoptionFigures> {
        let deps = ctx.deps()?;
        let shelter = (self.0.as_ref(), deps.clock.now());
        let figures = custody::adoption_figures(deps.db.read(), shelter, time).await?;
        let count = |number: u64| i32::try_from(number).unwrap_or(i32::MAX);
        Ok(AdoptionFigures {
            due: count(figures.due),
            kept: count(figures.kept),
            returned: count(figures.returned),
            died: count(figures.died),
            unknown: count(figures.unknown),
            percent: figures.percent(),
        })
    }
}

/// How many of a shelter's adopted animals are still in their new homes.
#[Object]
impl AdoptionSuccess {
    /// Three months after the adoption.
    async fn three_months(&self, ctx: &Context<'_>) -> async_graphql::Result<AdoptionFigures> {
        Ok(self.figures(ctx, CheckTime::ThreeMonths).await?)
    }

    /// Twelve months after it.
    async fn twelve_months(&self, ctx: &Context<'_>) -> async_graphql::Result<AdoptionFigures> {
        Ok(self.figures(ctx, CheckTime::TwelveMonths).await?)
    }
}
