//! Entries of the audit log.

use async_graphql::{Context, ID, Object};
use entity::{audit_entry, id::AuditEntryId};

use crate::{
    domain::accounts,
    graphql::{
        accounts::Member, context::ContextExt, error::nullable, node::visible, scalars::DateTime, shelters::ApiKey,
    },
    kernel::Result,
};

/// Something that was done, in the append-only audit log. Admins see it.
pub struct AuditEntry(pub audit_entry::Model);

impl AuditEntry {
    /// The entry with that global id, for `node`.
    pub async fn find(ctx: &Context<'_>, id: &str) -> Result<Option<Self>> {
        let Ok(id) = id.parse::<AuditEntryId>() else {
            return Ok(None);
        };
        let found = accounts::audit_entry(ctx.deps()?.db.read(), ctx.viewer()?, id).await;
        Ok(visible(found)?.map(Self))
    }
}

/// Something that was done, in the append-only audit log. Admins see it.
#[Object]
impl AuditEntry {
    /// Opaque id.
    pub async fn id(&self) -> ID {
        self.0.id.to_string().into()
    }

    /// Who did it: the id of a member or of a shelter's key, `visitor`, or `system` for the server itself.
    async fn actor(&self) -> &str {
        &self.0.actor
    }

    /// The member who did it; null if it was no member, or their account is gone.
    async fn member(&self, ctx: &Context<'_>) -> Option<async_graphql::Result<Member>> {
        nullable(Member::find(ctx, &self.0.actor)).await
    }

    /// The key that was used to do it; null if it was none.
    async fn api_key(&self, ctx: &Context<'_>) -> Option<async_graphql::Result<ApiKey>> {
        nullable(ApiKey::find(ctx, &self.0.actor)).await
    }

    /// What was done, such as `logged_in` or `exact_place_viewed`.
    async fn action(&self) -> &str {
        &self.0.action
    }

    /// Id of what it was done with; null if there is none. Of several, their ids with a blank between.
    async fn subject(&self) -> Option<&str> {
        self.0.subject.as_deref()
    }

    /// IP address that the request came from; null for the server's own work.
    async fn address(&self) -> Option<&str> {
        self.0.address.as_deref()
    }

    /// When.
    async fn created_at(&self) -> DateTime {
        self.0.created_at.into()
    }
}
