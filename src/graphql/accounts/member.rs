//! A member as others see them.

use std::sync::Arc;

use async_graphql::{Context, ID, Object};
use entity::{id::MemberId, member};

use super::Members;
use crate::{
    graphql::{
        context::ContextExt,
        error::nullable,
        pets::Pet,
        photos::Photo,
        safety::{Blocked, Presence, Presences},
        scalars::DateTime,
    },
    kernel::Result,
};

/// A member, as everybody may see them.
pub struct Member(pub Arc<member::Model>);

impl Member {
    /// The member with that id.
    pub async fn load(ctx: &Context<'_>, id: MemberId) -> Result<Option<Self>> {
        Ok(ctx.loaders()?.get::<Members>().load_one(id).await?.map(Self))
    }

    /// The member with that global id, for `node`.
    pub async fn find(ctx: &Context<'_>, id: &str) -> Result<Option<Self>> {
        match id.parse() {
            Ok(id) => Self::load(ctx, id).await,
            Err(_) => Ok(None),
        }
    }
}

impl Pet {
    /// The member who made the report.
    pub(in crate::graphql) async fn reported_by(&self, ctx: &Context<'_>) -> Result<Option<Member>> {
        match self.0.reporter_id {
            Some(id) => Member::load(ctx, id).await,
            None => Ok(None),
        }
    }
}

/// A member, as everybody may see them.
#[Object]
impl Member {
    /// Opaque id.
    pub async fn id(&self) -> ID {
        self.0.id.to_string().into()
    }

    /// Name that the member chose, at most 50 characters.
    async fn display_name(&self) -> &str {
        &self.0.display_name
    }

    /// Picture that the member chose; null if there is none.
    async fn avatar(&self, ctx: &Context<'_>) -> Option<async_graphql::Result<Photo>> {
        let id = self.0.avatar_photo_id?;
        Photo::load(ctx, id).await.map_err(Into::into).transpose()
    }

    /// Whether they are online. Shown to those who have both written to each other or share a group, unless they hide it;
    /// null for everybody else.
    async fn presence(&self, ctx: &Context<'_>) -> Option<async_graphql::Result<Presence>> {
        nullable(async {
            Ok(ctx
                .loaders()?
                .get::<Presences>()
                .load_one(self.0.id)
                .await?
                .map(Presence::from))
        })
        .await
    }

    /// Whether the caller has blocked them. That they have blocked the caller is not told.
    async fn viewer_has_blocked(&self, ctx: &Context<'_>) -> async_graphql::Result<bool> {
        Ok(ctx.loaders()?.get::<Blocked>().load_one(self.0.id).await?.is_some())
    }

    /// When the account was made.
    async fn joined_at(&self) -> DateTime {
        self.0.created_at.into()
    }
}
