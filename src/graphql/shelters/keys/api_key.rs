//! Keys of a shelter.

use async_graphql::{Context, ID, Object};
use entity::{
    api_key,
    id::{ApiKeyId, ShelterId},
};

use crate::{
    domain::shelters,
    graphql::{context::ContextExt, node::visible, scalars::DateTime},
    kernel::Result,
};

/// A key with which a shelter's scripts log in. The shelter's ADMINs see it; its secret was shown once.
pub struct ApiKey(pub api_key::Model);

impl ApiKey {
    /// The key with that global id, for `node`.
    pub async fn find(ctx: &Context<'_>, id: &str) -> Result<Option<Self>> {
        let Ok(id) = id.parse::<ApiKeyId>() else {
            return Ok(None);
        };
        let deps = ctx.deps()?;
        let actor = &ctx.loaders()?.actor(deps).await?;
        Ok(visible(shelters::find_key(deps.db.read(), actor, id).await)?.map(Self))
    }

    /// Those of a shelter, newest first; `None` for those who may not see them.
    pub(in crate::graphql::shelters) async fn of_shelter(
        ctx: &Context<'_>,
        id: ShelterId,
    ) -> Result<Option<Vec<Self>>> {
        let deps = ctx.deps()?;
        let actor = ctx.loaders()?.actor(deps).await?;
        let found = shelters::keys_of(deps.db.read(), &actor, id).await?;
        Ok(found.map(|found| found.into_iter().map(Self).collect()))
    }
}

/// A key with which a shelter's scripts log in. The shelter's ADMINs see it; its secret was shown once.
#[Object]
impl ApiKey {
    /// Opaque id.
    pub async fn id(&self) -> ID {
        self.0.id.to_string().into()
    }

    /// What the staff calls it, at most 80 characters.
    async fn name(&self) -> &str {
        &self.0.name
    }

    /// How the key begins, to tell it from others.
    async fn prefix(&self) -> &str {
        &self.0.prefix
    }

    /// What it may be used for: pets:read, pets:write, imports:write, matches:read, webhooks:manage,
    /// connectors:manage.
    async fn scopes(&self) -> Vec<&str> {
        self.0.scopes.split(' ').collect()
    }

    /// When it was made.
    async fn created_at(&self) -> DateTime {
        self.0.created_at.into()
    }

    /// When it expires, or did; null if it does not.
    async fn expires_at(&self) -> Option<DateTime> {
        self.0.expires_at.map(DateTime::from)
    }

    /// When it was last used, to the hour.
    async fn last_used_at(&self) -> Option<DateTime> {
        self.0.last_used_at.map(DateTime::from)
    }

    /// IP address that it was last used from, to the hour.
    async fn last_used_address(&self) -> Option<&str> {
        self.0.last_used_address.as_deref()
    }

    /// When it was revoked; null while it is valid.
    async fn revoked_at(&self) -> Option<DateTime> {
        self.0.revoked_at.map(DateTime::from)
    }
}
