//! Two-step verification by text message in the schema.

use std::sync::Arc;

use async_graphql::{Context, InputObject, Object, SimpleObject};

use crate::{
    domain::{accounts, sms},
    graphql::{
        context::ContextExt,
        error::{UserError, settle},
        schema::Viewer,
    },
};

/// Turns two-step verification by text message on.
#[derive(InputObject)]
pub struct EnableTextCodesInput {
    /// The account's password.
    #[graphql(secret)]
    password: String,
}

/// Answer of enableTextCodes.
#[derive(SimpleObject)]
pub struct EnableTextCodesPayload {
    /// Ten codes, each for one log-in without the phone. They are shown only now; null when something is to be corrected.
    recovery_codes: Option<Vec<String>>,
    /// What to correct; empty when it is done.
    user_errors: Vec<UserError>,
}

/// Turns two-step verification by text message off.
#[derive(InputObject)]
pub struct DisableTextCodesInput {
    /// The account's password.
    #[graphql(secret)]
    password: String,
    /// The code from the text message, or a recovery code. Without it a text message is sent, and the answer is a user error
    /// REQUIRED at this field.
    #[graphql(secret)]
    code: Option<String>,
}

/// Answer of disableTextCodes.
#[derive(SimpleObject)]
pub struct DisableTextCodesPayload {
    /// The member.
    viewer: Option<Viewer>,
    /// What to correct; empty when it is done.
    user_errors: Vec<UserError>,
}

/// Mutations of two-step verification by text message.
#[derive(Default)]
pub struct TextCodesMutation;

#[Object]
impl TextCodesMutation {
    /// Turns two-step verification on, with codes that are sent to the member's verified number. An authenticator app is
    /// safer, since numbers can be stolen. At most five text messages in 15 minutes. A mail tells the member.
    async fn enable_text_codes(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The password.")] input: EnableTextCodesInput,
    ) -> async_graphql::Result<EnableTextCodesPayload> {
        let done = sms::enable_text_codes(ctx.deps()?, ctx.viewer()?, ctx.origin()?, input.password).await;
        let (recovery_codes, user_errors) = settle(done)?;
        Ok(EnableTextCodesPayload {
            recovery_codes,
            user_errors,
        })
    }

    /// Turns two-step verification by text message off. A mail tells the member.
    async fn disable_text_codes(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Password and code.")] input: DisableTextCodesInput,
    ) -> async_graphql::Result<DisableTextCodesPayload> {
        let DisableTextCodesInput { password, code } = input;
        let input = accounts::DisableSecondFactor { password, code };
        let done = accounts::disable_second_factor(ctx.deps()?, ctx.viewer()?, ctx.origin()?, input).await;
        let (member, user_errors) = settle(done)?;
        let viewer = match member {
            Some(member) => Some(Viewer::of(ctx, Arc::new(member)).await?),
            None => None,
        };
        Ok(DisableTextCodesPayload { viewer, user_errors })
    }
}
