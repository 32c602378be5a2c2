//! Private data of the caller: blocked members, presence and the profanity filter.

use std::sync::Arc;

use async_graphql::{Context, Object};
use entity::{id::MemberId, member};

use super::{blocked_connection, hidden_from_connection, presence_visibility_of, profanity_filter_of};
use crate::{
    graphql::{
        accounts::Member,
        connection::Connection,
        schema::ViewerPart,
        vocabulary::{PresenceVisibility, ProfanityFilter},
    },
    kernel::{Result, page::Page},
};

/// Fields of `Viewer` about safety.
pub struct SafetyViewer(MemberId);

impl ViewerPart for SafetyViewer {
    async fn of(_: &Context<'_>, member: &Arc<member::Model>) -> Result<Self> {
        Ok(Self(member.id))
    }
}

/// Fields of `Viewer` about safety.
#[Object]
impl SafetyViewer {
    /// Members whom the viewer has blocked, last blocked first.
    async fn blocked_members(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many from the beginning, 0 to 100; 20 when neither first nor last is given.")]
        first: Option<i32>,
        #[graphql(desc = "Only what comes after this cursor.")] after: Option<String>,
        #[graphql(desc = "How many from the end, 0 to 100.")] last: Option<i32>,
        #[graphql(desc = "Only what comes before this cursor.")] before: Option<String>,
    ) -> async_graphql::Result<Connection<Member>> {
        let page = Page::new(first, after, last, before)?;
        Ok(blocked_connection(ctx, self.0, page).await?)
    }

    /// Who sees whether the viewer is online; EVERYONE_I_CHAT_WITH until it is changed.
    async fn presence_visibility(&self, ctx: &Context<'_>) -> async_graphql::Result<PresenceVisibility> {
        Ok(presence_visibility_of(ctx, self.0).await?)
    }

    /// Members from whom the viewer hides whether they are online.
    async fn presence_hidden_from(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many from the beginning, 0 to 100; 20 when neither first nor last is given.")]
        first: Option<i32>,
        #[graphql(desc = "Only what comes after this cursor.")] after: Option<String>,
        #[graphql(desc = "How many from the end, 0 to 100.")] last: Option<i32>,
        #[graphql(desc = "Only what comes before this cursor.")] before: Option<String>,
    ) -> async_graphql::Result<Connection<Member>> {
        let page = Page::new(first, after, last, before)?;
        Ok(hidden_from_connection(ctx, self.0, page).await?)
    }

    /// How profanity in what others write to the viewer is handled; MASK until it is changed.
    async fn profanity_filter(&self, ctx: &Context<'_>) -> async_graphql::Result<ProfanityFilter> {
        Ok(profanity_filter_of(ctx, self.0).await?)
    }
}
