//! Whether what everybody may see of some reports is also what the viewer sees of them.

use async_graphql::Context;
use entity::id::PetId;

use super::plan::{Plan, names_places};
use crate::{
    domain::pets,
    graphql::context::ContextExt,
    kernel::{Result, Viewer},
};

/// Whether the plan may be answered from public summaries: for a visitor always; for a member who works for no shelter, when
/// it names no places, or when none of the reports is theirs or was opened to them by a confirmed match.
pub async fn is_public(ctx: &Context<'_>, plan: &Plan, ids: &[PetId]) -> Result<bool> {
    let (deps, viewer) = (ctx.deps()?, ctx.viewer()?);
    let Viewer::Member { id, .. } = viewer else {
        return Ok(*viewer == Viewer::Visitor);
    };
    if !names_places(plan) || ids.is_empty() {
        return Ok(true);
    }
    if !ctx.loaders()?.actor(deps).await?.memberships.is_empty() {
        return Ok(false);
    }
    if pets::is_reporter_of_any(deps.db.read(), *id, ids).await? {
        return Ok(false);
    }
    let revealed = ctx.loaders()?.revealed.load_many(ids.iter().copied()).await?;
    Ok(revealed.is_empty())
}
