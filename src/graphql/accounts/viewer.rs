//! Private data of the caller: their account.

use std::sync::Arc;

use async_graphql::{Context, ID, Object};
use entity::{id::encode, member};

use super::{Identity, Member, Passkey, Session, TwoFactor};
use crate::{
    domain::accounts,
    graphql::{context::ContextExt, error::nullable, scalars::EmailAddress, schema::ViewerPart, vocabulary::Role},
    kernel::Result,
};

/// Fields of `Viewer` about the account.
pub struct AccountViewer(Arc<member::Model>);

impl ViewerPart for AccountViewer {
    async fn of(_: &Context<'_>, member: &Arc<member::Model>) -> Result<Self> {
        Ok(Self(member.clone()))
    }
}

/// Fields of `Viewer` about the account.
#[Object]
impl AccountViewer {
    /// Opaque id for the caches of clients; different from the member's, and not for `node`.
    async fn id(&self) -> ID {
        format!("viewer_{}", encode(self.0.id.0)).into()
    }

    /// The member as others see them.
    async fn member(&self) -> Member {
        Member(self.0.clone())
    }

    /// Address of the account.
    async fn email(&self) -> EmailAddress {
        EmailAddress(self.0.email.clone())
    }

    /// Whether the address was verified.
    async fn email_verified(&self) -> bool {
        self.0.email_verified
    }

    /// The address that a change not yet confirmed by both addresses leads to; null if there is none.
    async fn pending_email(&self, ctx: &Context<'_>) -> Option<async_graphql::Result<EmailAddress>> {
        nullable(async {
            let pending = accounts::pending_email(ctx.deps()?, self.0.id).await?;
            Ok(pending.map(EmailAddress))
        })
        .await
    }

    /// Language that the member prefers, as a BCP 47 tag; null if they chose none. Mails are in English so far.
    async fn locale(&self) -> Option<&str> {
        self.0.locale.as_deref()
    }

    /// Time zone that the member chose, by its name in the IANA database; null if they chose none.
    async fn time_zone(&self) -> Option<&str> {
        self.0.time_zone.as_deref()
    }

    /// Two-step verification of the account.
    async fn two_factor(&self, ctx: &Context<'_>) -> async_graphql::Result<TwoFactor> {
        Ok(accounts::two_factor_of(ctx.deps()?.db.read(), self.0.id).await?.into())
    }

    /// Passkeys that open the account, oldest first, at most 20.
    async fn passkeys(&self, ctx: &Context<'_>) -> async_graphql::Result<Vec<Passkey>> {
        let passkeys = accounts::passkeys_of(ctx.deps()?.db.read(), self.0.id).await?;
        Ok(passkeys.into_iter().map(Passkey::from).collect())
    }

    /// Accounts at other services with which the member can sign in, in the order in which they were linked; at most 20 can be.
    async fn identities(&self, ctx: &Context<'_>) -> async_graphql::Result<Vec<Identity>> {
        let identities = accounts::identities_of(ctx.deps()?.db.read(), self.0.id).await?;
        Ok(identities.into_iter().map(Identity).collect())
    }

    /// What the member may do beyond their own.
    async fn role(&self) -> Role {
        self.0.role.into()
    }

    /// Valid log-ins, last used first, at most 100.
    async fn sessions(&self, ctx: &Context<'_>) -> async_graphql::Result<Vec<Session>> {
        let deps = ctx.deps()?;
        let sessions = accounts::sessions_of(deps.db.read(), self.0.id, deps.clock.now()).await?;
        Ok(sessions.into_iter().map(Session).collect())
    }
}
