//! Presence in the schema.

use async_graphql::{Context, ID, SimpleObject, Subscription};
use entity::id::MemberId;
use futures_util::{Stream, StreamExt};

use crate::{
    domain::presence,
    graphql::{
        accounts::{Member, Members},
        context::ContextExt,
        scalars::DateTime,
    },
    kernel::Error,
};

/// Whether a member is online.
#[derive(SimpleObject)]
pub struct Presence {
    /// Whether a socket of theirs is open.
    online: bool,
    /// When one last was, exact to a minute; now, while one is; null if never.
    last_seen_at: Option<DateTime>,
}

impl From<presence::Presence> for Presence {
    fn from(presence: presence::Presence) -> Self {
        Self {
            online: presence.is_online,
            last_seen_at: presence.last_seen_at.map(Into::into),
        }
    }
}

/// Subscriptions of safety.
#[derive(Default)]
pub struct SafetySubscription;

#[Subscription]
impl SafetySubscription {
    /// Members, each when they come online or go offline. Everybody counts as offline at the beginning, so who is
    /// online is told first. Members whose presence the caller may not see are silently left out, even when that
    /// changes later.
    async fn presence(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "At most 100 members.")] member_ids: Vec<ID>,
    ) -> async_graphql::Result<impl Stream<Item = async_graphql::Result<Member>>> {
        // What is no id is nobody's.
        let members: Vec<MemberId> = member_ids.iter().filter_map(|id| id.parse().ok()).collect();
        let changes = presence::follow_presence(&ctx.deps_of_stream()?, ctx.viewer()?, members).await?;
        let loaders = ctx.loaders()?;
        Ok(changes.then(async |change| {
            let member = loaders.get::<Members>().load_one(change?).await?;
            Ok(Member(member.ok_or(Error::NotFound("member"))?))
        }))
    }
}
