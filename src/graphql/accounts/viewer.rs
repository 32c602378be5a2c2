//! What is private to the caller.

use std::sync::Arc;

use async_graphql::{Context, Object};
use entity::member;

use super::{Member, Session};
use crate::{
    domain::accounts,
    graphql::{context::ContextExt, scalars::EmailAddress, sms::SmsAccount, vocabulary::Role},
};

/// Everything that is private to the logged-in member.
pub struct Viewer(pub Arc<member::Model>);

#[Object]
impl Viewer {
    /// The member as others see them.
    async fn member(&self) -> Member {
        Member(self.0.clone())
    }

    /// Address of the account.
    async fn email(&self) -> EmailAddress {
        EmailAddress(self.0.email.clone())
    }

    /// Whether the address was proved.
    async fn email_verified(&self) -> bool {
        self.0.email_verified
    }

    /// What the member may do beyond their own.
    async fn role(&self) -> Role {
        self.0.role.into()
    }

    /// Log-ins that are good now, last used first, at most 100.
    async fn sessions(&self, ctx: &Context<'_>) -> async_graphql::Result<Vec<Session>> {
        let deps = ctx.deps()?;
        let sessions = accounts::sessions_of(deps.db.read(), self.0.id, deps.clock.now()).await?;
        Ok(sessions.into_iter().map(Session).collect())
    }

    /// Phone, consent and credits for text messages.
    async fn sms(&self, ctx: &Context<'_>) -> async_graphql::Result<SmsAccount> {
        Ok(SmsAccount::of(ctx, self.0.id).await?)
    }
}
