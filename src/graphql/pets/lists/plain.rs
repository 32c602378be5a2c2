//! Decides whether a viewer sees the same of some reports as everybody else.

use async_graphql::Context;
use entity::id::PetId;

use crate::{
    domain::pets,
    graphql::{context::ContextExt, matching::Revealed},
    kernel::{Result, Viewer},
};

/// Whether a request may be answered from public summaries: always for visitors. For members who work for no shelter,
/// it may if it asks for no places, or if none of the reports is their own or was revealed to them by an accepted
/// claim.
pub async fn is_public(ctx: &Context<'_>, names_places: bool, ids: &[PetId]) -> Result<bool> {
    let (deps, viewer) = (ctx.deps()?, ctx.viewer()?);
    let Viewer::Member { id, .. } = viewer else {
        return Ok(*viewer == Viewer::Visitor);
    };
    if !names_places || ids.is_empty() {
        return Ok(true);
    }
    if !ctx.loaders()?.actor(deps).await?.memberships.is_empty() {
        return Ok(false);
    }
    if pets::is_reporter_of_any(deps.db.read(), *id, ids).await? {
        return Ok(false);
    }
    let revealed = ctx.loaders()?.get::<Revealed>().load_many(ids.iter().copied()).await?;
    Ok(revealed.is_empty())
}
