//! Mutations of an account's e-mail address.

use std::sync::Arc;

use async_graphql::{Context, InputObject, Object, SimpleObject};

use super::mutation::self_of;
use crate::{
    domain::accounts,
    graphql::{
        context::ContextExt,
        error::{UserError, settle},
        scalars::EmailAddress,
        schema::Viewer,
    },
};

/// The token from the verification mail.
#[derive(InputObject)]
pub struct VerifyEmailInput {
    /// Good for three days.
    #[graphql(secret)]
    token: String,
}

/// Answer of verifyEmail.
#[derive(SimpleObject)]
pub struct VerifyEmailPayload {
    /// Whether the address is verified now; null when something is to be corrected.
    email_verified: Option<bool>,
    /// What to correct; empty when it is done.
    user_errors: Vec<UserError>,
}

/// Asks for another verification mail.
#[derive(InputObject)]
pub struct RequestEmailVerificationInput {
    /// The address to verify: that of the account.
    email: EmailAddress,
}

/// Answer of requestEmailVerification.
#[derive(SimpleObject)]
pub struct RequestEmailVerificationPayload {
    /// What to correct; empty when it is done.
    user_errors: Vec<UserError>,
}

/// Another address for the account.
#[derive(InputObject)]
pub struct ChangeEmailInput {
    /// The new address; the present one withdraws a change that is not confirmed yet.
    email: EmailAddress,
    /// The account's password.
    #[graphql(secret)]
    password: String,
}

/// Answer of changeEmail.
#[derive(SimpleObject)]
pub struct ChangeEmailPayload {
    /// The member; the address is still the present one, see pendingEmail.
    viewer: Option<Viewer>,
    /// What to correct; empty when it is done.
    user_errors: Vec<UserError>,
}

/// The token from one of the two mails about a change of address.
#[derive(InputObject)]
pub struct ConfirmEmailChangeInput {
    /// Good for a day.
    #[graphql(secret)]
    token: String,
}

/// Answer of confirmEmailChange.
#[derive(SimpleObject)]
pub struct ConfirmEmailChangePayload {
    /// Whether the account has the new address now; false while the other address has not confirmed it. Null when
    /// something is to be corrected.
    email_changed: Option<bool>,
    /// What to correct; empty when it is done.
    user_errors: Vec<UserError>,
}

/// Mutations of an account's e-mail address.
#[derive(Default)]
pub struct AddressMutation;

#[Object]
impl AddressMutation {
    /// Verifies an e-mail address with the token from the mail, for the account that the mail was sent for; works without
    /// being logged in. Every other account that was made with the address ends. The same token again is harmless.
    async fn verify_email(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The token.")] input: VerifyEmailInput,
    ) -> async_graphql::Result<VerifyEmailPayload> {
        let (member, user_errors) = settle(accounts::verify_email(ctx.deps()?, ctx.origin()?, &input.token).await)?;
        Ok(VerifyEmailPayload {
            email_verified: member.map(|member| member.email_verified),
            user_errors,
        })
    }

    /// Sends the verification mail once more; five an hour at most.
    async fn request_email_verification(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which address.")] input: RequestEmailVerificationInput,
    ) -> async_graphql::Result<RequestEmailVerificationPayload> {
        let (deps, viewer, origin) = (ctx.deps()?, ctx.viewer()?, ctx.origin()?);
        let done = accounts::request_email_verification(deps, viewer, origin, &input.email.0).await;
        let (_, user_errors) = settle(done)?;
        Ok(RequestEmailVerificationPayload { user_errors })
    }

    /// Asks to move the account to another address. Both addresses get a mail, and the change is made when both have
    /// confirmed it within a day; an address that was never verified need not. The answer is the same whether the new
    /// address has an account or not. At most five a day.
    async fn change_email(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Address and password.")] input: ChangeEmailInput,
    ) -> async_graphql::Result<ChangeEmailPayload> {
        let input = accounts::ChangeEmail {
            email: input.email.0,
            password: input.password,
        };
        let done = accounts::change_email(ctx.deps()?, ctx.viewer()?, ctx.origin()?, input).await;
        let (member, user_errors) = settle(done)?;
        let viewer = self_of(ctx, member.map(Arc::new)).await?;
        Ok(ChangeEmailPayload { viewer, user_errors })
    }

    /// Confirms a change of address with the token from the mail; works without being logged in.
    async fn confirm_email_change(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The token.")] input: ConfirmEmailChangeInput,
    ) -> async_graphql::Result<ConfirmEmailChangePayload> {
        let done = accounts::confirm_email_change(ctx.deps()?, ctx.origin()?, &input.token).await;
        let (done, user_errors) = settle(done)?;
        Ok(ConfirmEmailChangePayload {
            email_changed: done.map(|confirmed| confirmed.is_changed),
            user_errors,
        })
    }
}
