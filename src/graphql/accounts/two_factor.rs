//! Two-step verification in the schema.

use std::sync::Arc;

use async_graphql::{Context, InputObject, Object, SimpleObject};
use entity::vocabulary::SecondFactorMethod;

use super::mutation::self_of;
use crate::{
    domain::accounts,
    graphql::{
        context::ContextExt,
        error::{UserError, settle},
        scalars::DateTime,
        schema::Viewer,
    },
};

/// Second factors of the member's account.
#[derive(SimpleObject)]
pub struct TwoFactor {
    /// Since when log-ins need a code of an authenticator app; null if they do not.
    totp_since: Option<DateTime>,
    /// Since when log-ins need a code from a text message; null if they do not.
    texts_since: Option<DateTime>,
    /// Recovery codes that were not used yet, at most 10.
    recovery_codes_left: i32,
}

impl From<accounts::TwoFactor> for TwoFactor {
    fn from(factor: accounts::TwoFactor) -> Self {
        let since = |method| {
            let on = factor.on.filter(|(present, _)| *present == method);
            on.map(|(_, since)| DateTime::from(since))
        };
        Self {
            totp_since: since(SecondFactorMethod::Totp),
            texts_since: since(SecondFactorMethod::Text),
            recovery_codes_left: i32::try_from(factor.recovery_codes_left).unwrap_or(i32::MAX),
        }
    }
}

/// Makes a secret for an authenticator app.
#[derive(InputObject)]
pub struct StartTotpInput {
    /// The account's password; needed if the member logged in more than 15 minutes ago.
    #[graphql(secret)]
    password: Option<String>,
}

/// Answer of startTotp.
#[derive(SimpleObject)]
pub struct StartTotpPayload {
    /// The secret in base 32, for typing it into the app.
    secret: Option<String>,
    /// The same as an address that apps read (otpauth://).
    otpauth_url: Option<String>,
    /// That address as a QR code: an SVG document.
    qr_svg: Option<String>,
    /// What to correct; empty when it is done.
    user_errors: Vec<UserError>,
}

/// A first code of the app.
#[derive(InputObject)]
pub struct ConfirmTotpInput {
    /// The six digits that the app shows.
    #[graphql(secret)]
    code: String,
}

/// Answer of confirmTotp.
#[derive(SimpleObject)]
pub struct ConfirmTotpPayload {
    /// Ten codes, each for one log-in without the app. They are shown only now; null when something is to be corrected.
    recovery_codes: Option<Vec<String>>,
    /// What to correct; empty when it is done.
    user_errors: Vec<UserError>,
}

/// Turns two-step verification off.
#[derive(InputObject)]
pub struct DisableTotpInput {
    /// The account's password.
    #[graphql(secret)]
    password: String,
    /// A code of the app, or a recovery code.
    #[graphql(secret)]
    code: String,
}

/// Answer of disableTotp.
#[derive(SimpleObject)]
pub struct DisableTotpPayload {
    /// The member.
    viewer: Option<Viewer>,
    /// What to correct; empty when it is done.
    user_errors: Vec<UserError>,
}

/// Makes new recovery codes.
#[derive(InputObject)]
pub struct CreateRecoveryCodesInput {
    /// The account's password.
    #[graphql(secret)]
    password: String,
}

/// Answer of createRecoveryCodes.
#[derive(SimpleObject)]
pub struct CreateRecoveryCodesPayload {
    /// Ten codes, each for one log-in without the app. They are shown only now; null when something is to be corrected.
    recovery_codes: Option<Vec<String>>,
    /// What to correct; empty when it is done.
    user_errors: Vec<UserError>,
}

/// Mutations of second factors.
#[derive(Default)]
pub struct TwoFactorMutation;

#[Object]
impl TwoFactorMutation {
    /// Makes a secret for an authenticator app (TOTP, RFC 6238: SHA-1, 6 digits, 30 seconds). Log-ins need its codes once
    /// confirmTotp has seen one; until then, calling this again replaces the secret.
    async fn start_totp(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Who asks.")] input: StartTotpInput,
    ) -> async_graphql::Result<StartTotpPayload> {
        let input = accounts::StartTotp {
            password: input.password,
        };
        let done = accounts::start_totp(ctx.deps()?, ctx.viewer()?, ctx.origin()?, input).await;
        let (made, user_errors) = settle(done)?;
        let (secret, otpauth_url, qr_svg) = made
            .map(|made| (Some(made.secret), Some(made.otpauth_url), Some(made.qr_svg)))
            .unwrap_or_default();
        Ok(StartTotpPayload {
            secret,
            otpauth_url,
            qr_svg,
            user_errors,
        })
    }

    /// Turns two-step verification on, with a code that proves that the app has the secret. A mail tells the member.
    async fn confirm_totp(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The code.")] input: ConfirmTotpInput,
    ) -> async_graphql::Result<ConfirmTotpPayload> {
        let done = accounts::confirm_totp(ctx.deps()?, ctx.viewer()?, ctx.origin()?, &input.code).await;
        let (recovery_codes, user_errors) = settle(done)?;
        Ok(ConfirmTotpPayload {
            recovery_codes,
            user_errors,
        })
    }

    /// Turns two-step verification off. A mail tells the member.
    async fn disable_totp(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Password and code.")] input: DisableTotpInput,
    ) -> async_graphql::Result<DisableTotpPayload> {
        let DisableTotpInput { password, code } = input;
        let input = accounts::DisableSecondFactor {
            password,
            code: Some(code),
        };
        let done = accounts::disable_second_factor(ctx.deps()?, ctx.viewer()?, ctx.origin()?, input).await;
        let (member, user_errors) = settle(done)?;
        let viewer = self_of(ctx, member.map(Arc::new)).await?;
        Ok(DisableTotpPayload { viewer, user_errors })
    }

    /// Makes ten new recovery codes; the old ones no longer work. A mail tells the member.
    async fn create_recovery_codes(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The password.")] input: CreateRecoveryCodesInput,
    ) -> async_graphql::Result<CreateRecoveryCodesPayload> {
        let input = accounts::CreateRecoveryCodes {
            password: input.password,
        };
        let done = accounts::create_recovery_codes(ctx.deps()?, ctx.viewer()?, ctx.origin()?, input).await;
        let (recovery_codes, user_errors) = settle(done)?;
        Ok(CreateRecoveryCodesPayload {
            recovery_codes,
            user_errors,
        })
    }
}
