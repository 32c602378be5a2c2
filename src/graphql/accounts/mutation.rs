//! Mutations of accounts.

use std::sync::Arc;

use async_graphql::{Context, ID, InputObject, MaybeUndefined, Object, SimpleObject};
use entity::member;

use super::Tokens;
use crate::{
    domain::{accounts, photos},
    graphql::{
        context::ContextExt,
        error::{UserError, input_id, settle},
        scalars::EmailAddress,
        schema::Viewer,
    },
    kernel::Result,
};

/// What is needed to create an account.
#[derive(InputObject)]
pub struct RegisterInput {
    /// Address. It becomes the account's own when it is verified; until then others may use it too.
    email: EmailAddress,
    /// 8 to 200 characters. Not one of the 100,000 most frequent passwords, the address, its part before the `@` or the name.
    #[graphql(secret)]
    password: String,
    /// What others see, 1 to 50 characters.
    display_name: String,
}

/// Answer of register.
#[derive(SimpleObject)]
pub struct RegisterPayload {
    /// The new member, logged in.
    viewer: Option<Viewer>,
    /// Tokens of the log-in.
    tokens: Option<Tokens>,
    /// What to correct; empty when it is done.
    user_errors: Vec<UserError>,
}

/// What is needed to log in.
#[derive(InputObject)]
pub struct LogInInput {
    /// Address of the account.
    email: EmailAddress,
    /// Its password.
    #[graphql(secret)]
    password: String,
    /// If the account has two-step verification: a code of the authenticator app or from the text message, or a recovery code. Without it the
    /// answer is a user error REQUIRED at this field, if the password is right.
    #[graphql(secret)]
    code: Option<String>,
}

/// Answer of logIn.
#[derive(SimpleObject)]
pub struct LogInPayload {
    /// The member, logged in.
    viewer: Option<Viewer>,
    /// Tokens of the log-in.
    tokens: Option<Tokens>,
    /// What to correct; empty when it is done.
    user_errors: Vec<UserError>,
}

/// A refresh token.
#[derive(InputObject)]
pub struct RefreshTokensInput {
    /// The last refresh token of the log-in; good for one use, which the same client may repeat within 30 seconds.
    #[graphql(secret)]
    refresh_token: String,
}

/// Answer of refreshTokens.
#[derive(SimpleObject)]
pub struct RefreshTokensPayload {
    /// New tokens; the old ones are no longer valid.
    tokens: Option<Tokens>,
    /// What to correct; empty when it is done.
    user_errors: Vec<UserError>,
}

/// Which log-ins to end.
#[derive(InputObject)]
pub struct LogOutInput {
    /// All of the member's log-ins instead of this one.
    #[graphql(default_with = "Some(false)")]
    everywhere: Option<bool>,
}

/// Answer of logOut.
#[derive(SimpleObject)]
pub struct LogOutPayload {
    /// What to correct; empty when it is done.
    user_errors: Vec<UserError>,
}

/// Which log-in to end.
#[derive(InputObject)]
pub struct RevokeSessionInput {
    /// One of viewer.sessions.
    id: ID,
}

/// Answer of revokeSession.
#[derive(SimpleObject)]
pub struct RevokeSessionPayload {
    /// What to correct; empty when it is done.
    user_errors: Vec<UserError>,
}

/// Changes of the member's own profile; what is left out stays as it is.
#[derive(InputObject)]
pub struct UpdateProfileInput {
    /// What others see, 1 to 50 characters; it cannot be null.
    display_name: MaybeUndefined<String>,
    /// A photo that the member uploaded for AVATAR (or PET_PHOTO); null takes the picture away.
    avatar_photo_id: MaybeUndefined<ID>,
    /// Language that the member prefers: a BCP 47 tag such as en or es-MX; null for none. Mails are in English so far.
    locale: MaybeUndefined<String>,
    /// Time zone of the member, a name of the IANA database such as America/Chicago; null for none.
    time_zone: MaybeUndefined<String>,
}

/// Answer of updateProfile.
#[derive(SimpleObject)]
pub struct UpdateProfilePayload {
    /// The member as they are now.
    viewer: Option<Viewer>,
    /// What to correct; empty when it is done.
    user_errors: Vec<UserError>,
}

/// Mutations of accounts.
#[derive(Default)]
pub struct AccountMutation;

#[Object]
impl AccountMutation {
    /// Creates an account and logs it in. A mail follows: with a token for verifyEmail or, if another account has
    /// verified the address, without one. The answer is the same, so that nobody can find out which addresses have
    /// accounts.
    async fn register(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Who it is.")] input: RegisterInput,
    ) -> async_graphql::Result<RegisterPayload> {
        let RegisterInput {
            email,
            password,
            display_name,
        } = input;
        let input = accounts::Register {
            email: email.0,
            password,
            display_name,
        };
        let (done, user_errors) = settle(accounts::register(ctx.deps()?, ctx.origin()?, input).await)?;
        let (viewer, tokens) = viewer_and_tokens(ctx, done).await?;
        Ok(RegisterPayload {
            viewer,
            tokens,
            user_errors,
        })
    }

    /// Logs in with a password and, if the account has two-step verification, a code.
    async fn log_in(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Address and password.")] input: LogInInput,
    ) -> async_graphql::Result<LogInPayload> {
        let input = accounts::LogIn {
            email: input.email.0,
            password: input.password,
            code: input.code,
        };
        let (done, user_errors) = settle(accounts::log_in(ctx.deps()?, ctx.origin()?, input).await)?;
        let (viewer, tokens) = viewer_and_tokens(ctx, done).await?;
        Ok(LogInPayload {
            viewer,
            tokens,
            user_errors,
        })
    }

    /// Exchanges a refresh token for new tokens. Using one twice ends the whole log-in, except that the same client
    /// (user agent and network) gets the same refresh token again within 30 seconds, in case the response was lost.
    async fn refresh_tokens(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The token.")] input: RefreshTokensInput,
    ) -> async_graphql::Result<RefreshTokensPayload> {
        let done = accounts::refresh_tokens(ctx.deps()?, ctx.origin()?, &input.refresh_token).await;
        let (done, user_errors) = settle(done)?;
        Ok(RefreshTokensPayload {
            tokens: done.map(|logged_in| logged_in.tokens.into()),
            user_errors,
        })
    }

    /// Ends this log-in, or all of the member's.
    async fn log_out(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which log-ins.")] input: LogOutInput,
    ) -> async_graphql::Result<LogOutPayload> {
        let (_, user_errors) =
            settle(accounts::log_out(ctx.deps()?, ctx.viewer()?, input.everywhere.unwrap_or(false)).await)?;
        Ok(LogOutPayload { user_errors })
    }

    /// Ends one of the member's log-ins; its sockets are closed.
    async fn revoke_session(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which log-in.")] input: RevokeSessionInput,
    ) -> async_graphql::Result<RevokeSessionPayload> {
        let done = async {
            let id = input_id("id", &input.id)?;
            accounts::revoke_session(ctx.deps()?, ctx.viewer()?, id).await
        };
        let (_, user_errors) = settle(done.await)?;
        Ok(RevokeSessionPayload { user_errors })
    }

    /// Changes the member's profile: the name and the picture that others see, and language and time zone, which only the
    /// member sees.
    async fn update_profile(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The changes.")] input: UpdateProfileInput,
    ) -> async_graphql::Result<UpdateProfilePayload> {
        let UpdateProfileInput {
            display_name,
            avatar_photo_id,
            locale,
            time_zone,
        } = input;
        let done = async {
            let photo_id = |id: Option<ID>| id.map(|id| input_id("avatarPhotoId", &id)).transpose();
            let input = photos::UpdateProfile {
                display_name: display_name.into(),
                avatar_photo_id: Option::<Option<ID>>::from(avatar_photo_id).map(photo_id).transpose()?,
                locale: locale.into(),
                time_zone: time_zone.into(),
            };
            photos::update_profile(ctx.deps()?, ctx.viewer()?, input).await
        };
        let (member, user_errors) = settle(done.await)?;
        let viewer = self_of(ctx, member.map(Arc::new)).await?;
        Ok(UpdateProfilePayload { viewer, user_errors })
    }
}

/// What a log-in answers.
pub(super) async fn viewer_and_tokens(
    ctx: &Context<'_>,
    done: Option<accounts::LoggedIn>,
) -> async_graphql::Result<(Option<Viewer>, Option<Tokens>)> {
    let Some(done) = done else {
        return Ok((None, None));
    };
    let viewer = Viewer::of(ctx, Arc::new(done.member)).await?;
    Ok((Some(viewer), Some(done.tokens.into())))
}

/// The caller's account as a mutation has left it.
pub(super) async fn self_of(ctx: &Context<'_>, member: Option<Arc<member::Model>>) -> Result<Option<Viewer>> {
    match member {
        Some(member) => Ok(Some(Viewer::of(ctx, member).await?)),
        None => Ok(None),
    }
}
