//! Signing in with accounts at other services, in the schema.

use std::sync::Arc;

use async_graphql::{Context, ID, InputObject, Object, SimpleObject};
use entity::{id::IdentityId, identity};

use super::{
    Tokens,
    mutation::{self_of, viewer_and_tokens},
};
use crate::{
    domain::accounts,
    graphql::{
        context::ContextExt,
        error::{UserError, input_id, settle},
        node::visible,
        scalars::{DateTime, EmailAddress},
        schema::Viewer,
    },
    kernel::Result,
};

/// A service with whose accounts people can sign in (OpenID Connect), such as Google; the installation's settings name them.
#[derive(SimpleObject)]
pub struct IdentityProvider {
    /// Short name for startIdentitySignIn, such as `google`; not an id for `node`.
    id: String,
    /// Name for people, such as `Google`.
    name: String,
}

/// An account at another service with which the member can sign in; only the member sees it.
pub struct Identity(pub identity::Model);

impl Identity {
    /// The viewer's identity with that global id, for `node`.
    pub async fn find(ctx: &Context<'_>, id: &str) -> Result<Option<Self>> {
        let (Ok(id), Some(owner)) = (id.parse::<IdentityId>(), ctx.viewer()?.member()) else {
            return Ok(None);
        };
        let found = accounts::identity_of(ctx.deps()?.db.read(), owner, id).await;
        Ok(visible(found)?.map(Self))
    }
}

/// An account at another service with which the member can sign in; only the member sees it.
#[Object]
impl Identity {
    /// Opaque id.
    pub async fn id(&self) -> ID {
        self.0.id.to_string().into()
    }

    /// Name of the service, such as `Google`; its address if one can no longer sign in with it here.
    async fn provider_name(&self, ctx: &Context<'_>) -> async_graphql::Result<String> {
        Ok(accounts::provider_name(ctx.deps()?, &self.0).to_owned())
    }

    /// Address of the account there, as the service told at the last use; null if it did not.
    async fn email(&self) -> Option<EmailAddress> {
        self.0.email.clone().map(EmailAddress)
    }

    /// When it was linked to the member's account.
    async fn linked_at(&self) -> DateTime {
        self.0.linked_at.into()
    }

    /// When the member last signed in with it, or linked it.
    async fn last_used_at(&self) -> DateTime {
        self.0.last_used_at.into()
    }
}

/// Which provider to sign in with.
#[derive(InputObject)]
pub struct StartIdentitySignInInput {
    /// Id of one of identityProviders.
    provider_id: String,
}

/// Answer of startIdentitySignIn.
#[derive(SimpleObject)]
pub struct StartIdentitySignInPayload {
    /// Where to send the browser now; good for 10 minutes. From there it comes back to `/sign-in/finish` of the app, with `state`
    /// and `code`, or with `error`, in the query.
    url: Option<String>,
    /// To keep in that browser, such as in its sessionStorage, and to give to finishIdentitySignIn.
    secret: Option<String>,
    /// What to correct; empty when it is done.
    user_errors: Vec<UserError>,
}

/// What the browser came back with.
#[derive(InputObject)]
pub struct FinishIdentitySignInInput {
    /// From the query of the page that it came back to, at most 4,096 characters.
    #[graphql(secret)]
    state: String,
    /// From the same query, at most 4,096 characters; good for one use.
    #[graphql(secret)]
    code: String,
    /// What startIdentitySignIn gave to the same browser.
    #[graphql(secret)]
    secret: String,
    /// If the account has two-step verification: a code of it, or a recovery code. Without it the answer is a user error
    /// REQUIRED at this field; then the same state, code and secret are given once more, with it.
    #[graphql(secret)]
    two_factor_code: Option<String>,
}

/// Answer of finishIdentitySignIn.
#[derive(SimpleObject)]
pub struct FinishIdentitySignInPayload {
    /// The member, logged in.
    viewer: Option<Viewer>,
    /// Tokens of the log-in.
    tokens: Option<Tokens>,
    /// What to correct; empty when it is done.
    user_errors: Vec<UserError>,
}

/// Which service to link an account of.
#[derive(InputObject)]
pub struct StartIdentityLinkInput {
    /// Id of one of identityProviders.
    provider_id: String,
    /// The account's password; needed if the member logged in more than 15 minutes ago.
    #[graphql(secret)]
    password: Option<String>,
}

/// Answer of startIdentityLink.
#[derive(SimpleObject)]
pub struct StartIdentityLinkPayload {
    /// Where to send the browser now, as in startIdentitySignIn.
    url: Option<String>,
    /// To keep in that browser, and to give to finishIdentityLink.
    secret: Option<String>,
    /// What to correct; empty when it is done.
    user_errors: Vec<UserError>,
}

/// What the browser came back with.
#[derive(InputObject)]
pub struct FinishIdentityLinkInput {
    /// From the query of the page that it came back to, at most 4,096 characters.
    #[graphql(secret)]
    state: String,
    /// From the same query, at most 4,096 characters; good for one use.
    #[graphql(secret)]
    code: String,
    /// What startIdentityLink gave to the same browser.
    #[graphql(secret)]
    secret: String,
}

/// Answer of finishIdentityLink.
#[derive(SimpleObject)]
pub struct FinishIdentityLinkPayload {
    /// The account that was linked.
    identity: Option<Identity>,
    /// What to correct; empty when it is done.
    user_errors: Vec<UserError>,
}

/// Which account to unlink.
#[derive(InputObject)]
pub struct UnlinkIdentityInput {
    /// One of viewer.identities.
    id: ID,
    /// The account's password; needed if the member logged in more than 15 minutes ago.
    #[graphql(secret)]
    password: Option<String>,
}

/// Answer of unlinkIdentity.
#[derive(SimpleObject)]
pub struct UnlinkIdentityPayload {
    /// The member.
    viewer: Option<Viewer>,
    /// What to correct; empty when it is done.
    user_errors: Vec<UserError>,
}

/// Root fields of identities.
#[derive(Default)]
pub struct IdentityQuery;

#[Object]
impl IdentityQuery {
    /// Services with whose accounts people can sign in, at most 20; none unless the installation's settings name them.
    async fn identity_providers(&self, ctx: &Context<'_>) -> async_graphql::Result<Vec<IdentityProvider>> {
        let providers = ctx.deps()?.identity_providers.iter();
        Ok(providers
            .map(|provider| IdentityProvider {
                id: provider.id().to_owned(),
                name: provider.name().to_owned(),
            })
            .collect())
    }
}

/// Mutations of identities.
#[derive(Default)]
pub struct IdentityMutation;

#[Object]
impl IdentityMutation {
    /// Begins to sign in with an account at another service. UNAVAILABLE if the service cannot be reached.
    async fn start_identity_sign_in(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The service.")] input: StartIdentitySignInInput,
    ) -> async_graphql::Result<StartIdentitySignInPayload> {
        let done = accounts::start_identity_sign_in(ctx.deps()?, ctx.origin()?, &input.provider_id).await;
        let (started, user_errors) = settle(done)?;
        let (url, secret) = parts(started);
        Ok(StartIdentitySignInPayload {
            url,
            secret,
            user_errors,
        })
    }

    /// Logs in with an account at another service: the member who has linked it; or the member who has verified the address
    /// that the service has verified too (the account is then linked, and they are told by e-mail); or a new member. An account whose
    /// address is not verified is never linked by it.
    async fn finish_identity_sign_in(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What the browser came back with.")] input: FinishIdentitySignInInput,
    ) -> async_graphql::Result<FinishIdentitySignInPayload> {
        let FinishIdentitySignInInput {
            state,
            code,
            secret,
            two_factor_code,
        } = input;
        let input = accounts::FinishIdentitySignIn {
            state,
            code,
            secret,
            two_factor_code,
        };
        let done = accounts::finish_identity_sign_in(ctx.deps()?, ctx.origin()?, input).await;
        let (done, user_errors) = settle(done)?;
        let (viewer, tokens) = viewer_and_tokens(ctx, done).await?;
        Ok(FinishIdentitySignInPayload {
            viewer,
            tokens,
            user_errors,
        })
    }

    /// Begins to link an account at another service to the member's, so that they can sign in with it.
    async fn start_identity_link(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The service.")] input: StartIdentityLinkInput,
    ) -> async_graphql::Result<StartIdentityLinkPayload> {
        let StartIdentityLinkInput { provider_id, password } = input;
        let done =
            accounts::start_identity_link(ctx.deps()?, ctx.viewer()?, ctx.origin()?, &provider_id, password).await;
        let (started, user_errors) = settle(done)?;
        let (url, secret) = parts(started);
        Ok(StartIdentityLinkPayload {
            url,
            secret,
            user_errors,
        })
    }

    /// Links an account at another service, in the same log-in in which startIdentityLink was called. A mail tells the
    /// member. TAKEN if another member has linked it.
    async fn finish_identity_link(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What the browser came back with.")] input: FinishIdentityLinkInput,
    ) -> async_graphql::Result<FinishIdentityLinkPayload> {
        let FinishIdentityLinkInput { state, code, secret } = input;
        let input = accounts::FinishIdentityLink { state, code, secret };
        let done = accounts::finish_identity_link(ctx.deps()?, ctx.viewer()?, ctx.origin()?, input).await;
        let (identity, user_errors) = settle(done)?;
        Ok(FinishIdentityLinkPayload {
            identity: identity.map(Identity),
            user_errors,
        })
    }

    /// Unlinks an account at another service; nobody can sign in with it any more, log-ins made with it stay. A member without
    /// a password chooses one with requestPasswordReset. A mail tells the member.
    async fn unlink_identity(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which one.")] input: UnlinkIdentityInput,
    ) -> async_graphql::Result<UnlinkIdentityPayload> {
        let UnlinkIdentityInput { id, password } = input;
        let done = async {
            ctx.viewer()?.require_member()?;
            let id = input_id("id", &id)?;
            accounts::unlink_identity(ctx.deps()?, ctx.viewer()?, ctx.origin()?, id, password).await
        };
        let (member, user_errors) = settle(done.await)?;
        let viewer = self_of(ctx, member.map(Arc::new)).await?;
        Ok(UnlinkIdentityPayload { viewer, user_errors })
    }
}

fn parts(started: Option<accounts::StartedAttempt>) -> (Option<String>, Option<String>) {
    started.map(|started| (started.url, started.secret)).unzip()
}
