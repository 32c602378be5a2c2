//! Safety in the schema.

mod inputs;
mod loaders;
mod mutation;
mod presence;
mod viewer;

pub use loaders::{Blocked, Presences, ProfanityFilters};
pub use mutation::SafetyMutation;
pub use presence::{Presence, SafetySubscription};
pub use viewer::SafetyViewer;

use std::sync::Arc;

use async_graphql::Context;
use entity::id::MemberId;

use super::{
    accounts::Member,
    connection::{Connection, connection},
    context::ContextExt,
    vocabulary::{PresenceVisibility, ProfanityFilter},
};
use crate::{
    count,
    domain::{presence as members, safety},
    kernel::{Result, page::Page},
};

/// A page of those whom the member has blocked.
pub async fn blocked_connection(ctx: &Context<'_>, me: MemberId, page: Page) -> Result<Connection<Member>> {
    let deps = ctx.deps()?;
    let slice = safety::blocked_members(deps.db.read(), me, &page).await?;
    let count = count!(deps; safety::count_blocked_members(deps.db.read(), me));
    Ok(connection(slice.map(|member| Member(Arc::new(member))), count))
}

/// A page of those from whom the member hides their presence.
pub async fn hidden_from_connection(ctx: &Context<'_>, me: MemberId, page: Page) -> Result<Connection<Member>> {
    let deps = ctx.deps()?;
    let slice = members::hidden_from(deps.db.read(), me, &page).await?;
    let count = count!(deps; members::count_hidden_from(deps.db.read(), me));
    Ok(connection(slice.map(|member| Member(Arc::new(member))), count))
}

/// Who sees whether that member is online.
pub async fn presence_visibility_of(ctx: &Context<'_>, me: MemberId) -> Result<PresenceVisibility> {
    let settings = safety::settings_of(ctx.deps()?.db.read(), &[me]).await?;
    let visibility = settings.first().map_or(safety::DEFAULT_PRESENCE, |row| row.presence);
    Ok(visibility.into())
}

/// What happens to profanity for that member.
pub async fn profanity_filter_of(ctx: &Context<'_>, me: MemberId) -> Result<ProfanityFilter> {
    let filter = ctx.loaders()?.get::<ProfanityFilters>().load_one(me).await?;
    Ok(filter.unwrap_or(safety::DEFAULT_PROFANITY).into())
}
