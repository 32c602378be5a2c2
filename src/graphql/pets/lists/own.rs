//! The viewer's own lists of reports.

use std::sync::Arc;

use async_graphql::Context;
use entity::id::MemberId;

use crate::{
    count,
    domain::pets,
    graphql::{
        connection::{Connection, connection},
        context::ContextExt,
        pets::Pet,
    },
    kernel::{Result, page::Page},
};

/// The reports that a member made.
pub async fn pets_of_viewer(ctx: &Context<'_>, member: MemberId, page: Page) -> Result<Connection<Pet>> {
    let (deps, viewer) = (ctx.deps()?, ctx.viewer()?);
    let slice = pets::pets_by(deps.db.read(), viewer, member, &page).await?;
    Ok(connection(
        slice.map(|pet| Pet(Arc::new(pet))),
        count!(deps, viewer; pets::count_pets_by(deps.db.read(), &viewer, member)),
    ))
}

/// The reports that a member keeps an eye on.
pub async fn favorites_of_viewer(ctx: &Context<'_>, member: MemberId, page: Page) -> Result<Connection<Pet>> {
    let (deps, viewer) = (ctx.deps()?, ctx.viewer()?);
    let slice = pets::favorites_of(deps.db.read(), viewer, member, &page).await?;
    Ok(connection(
        slice.map(|pet| Pet(Arc::new(pet))),
        count!(deps, viewer; pets::count_favorites(deps.db.read(), &viewer, member)),
    ))
}
