//! Mutations of passwords.

use std::sync::Arc;

use async_graphql::{Context, InputObject, Object, SimpleObject};

use super::{
    Tokens,
    mutation::{self_of, viewer_and_tokens},
};
use crate::{
    domain::accounts,
    graphql::{
        context::ContextExt,
        error::{UserError, settle},
        scalars::EmailAddress,
        schema::Viewer,
    },
};

/// Whose password was forgotten.
#[derive(InputObject)]
pub struct RequestPasswordResetInput {
    /// Address of the account.
    email: EmailAddress,
}

/// Answer of requestPasswordReset.
#[derive(SimpleObject)]
pub struct RequestPasswordResetPayload {
    /// What to correct; empty when it is done, whether the address has an account or not.
    user_errors: Vec<UserError>,
}

/// A new password instead of a forgotten one.
#[derive(InputObject)]
pub struct ResetPasswordInput {
    /// From the link in the mail; good for one hour and one use.
    #[graphql(secret)]
    token: String,
    /// The new password, 8 to 200 characters, not one of the most common ones.
    #[graphql(secret)]
    password: String,
    /// If the account has two-step verification: a code of the authenticator app or from the text message, or a recovery code.
    #[graphql(secret)]
    code: Option<String>,
}

/// Answer of resetPassword.
#[derive(SimpleObject)]
pub struct ResetPasswordPayload {
    /// The member, logged in.
    viewer: Option<Viewer>,
    /// Tokens of the log-in.
    tokens: Option<Tokens>,
    /// What to correct; empty when it is done.
    user_errors: Vec<UserError>,
}

/// Another password.
#[derive(InputObject)]
pub struct ChangePasswordInput {
    /// The present password.
    #[graphql(secret)]
    current_password: String,
    /// The new password, 8 to 200 characters, not one of the most common ones.
    #[graphql(secret)]
    new_password: String,
}

/// Answer of changePassword.
#[derive(SimpleObject)]
pub struct ChangePasswordPayload {
    /// The member.
    viewer: Option<Viewer>,
    /// What to correct; empty when it is done.
    user_errors: Vec<UserError>,
}

/// Mutations of passwords.
#[derive(Default)]
pub struct PasswordMutation;

#[Object]
impl PasswordMutation {
    /// Sends a mail with a link to choose a new password, if the address has an account. Neither the answer nor its time
    /// tells whether it has. At most five mails an hour to one address.
    async fn request_password_reset(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Whose.")] input: RequestPasswordResetInput,
    ) -> async_graphql::Result<RequestPasswordResetPayload> {
        let done = accounts::request_password_reset(ctx.deps()?, ctx.origin()?, &input.email.0).await;
        let (_, user_errors) = settle(done)?;
        Ok(RequestPasswordResetPayload { user_errors })
    }

    /// Sets a new password with the token from the mail, and logs the member in. All earlier log-ins end, the address
    /// counts as verified, and a mail tells the member.
    async fn reset_password(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Token and new password.")] input: ResetPasswordInput,
    ) -> async_graphql::Result<ResetPasswordPayload> {
        let ResetPasswordInput { token, password, code } = input;
        let input = accounts::ResetPassword { token, password, code };
        let (done, user_errors) = settle(accounts::reset_password(ctx.deps()?, ctx.origin()?, input).await)?;
        let (viewer, tokens) = viewer_and_tokens(ctx, done).await?;
        Ok(ResetPasswordPayload {
            viewer,
            tokens,
            user_errors,
        })
    }

    /// Changes the member's password. All other log-ins end, and a mail tells the member.
    async fn change_password(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Both passwords.")] input: ChangePasswordInput,
    ) -> async_graphql::Result<ChangePasswordPayload> {
        let ChangePasswordInput {
            current_password,
            new_password,
        } = input;
        let input = accounts::ChangePassword {
            current_password,
            new_password,
        };
        let done = accounts::change_password(ctx.deps()?, ctx.viewer()?, ctx.origin()?, input).await;
        let (member, user_errors) = settle(done)?;
        let viewer = self_of(ctx, member.map(Arc::new)).await?;
        Ok(ChangePasswordPayload { viewer, user_errors })
    }
}
