//! Passkeys in the schema.

use std::sync::Arc;

use async_graphql::{Context, ID, InputObject, Object, SimpleObject};
use entity::passkey;

use super::{
    Tokens,
    mutation::{self_of, viewer_and_tokens},
};
use crate::{
    domain::accounts,
    graphql::{
        context::ContextExt,
        error::{UserError, input_id, settle},
        scalars::DateTime,
        schema::Viewer,
    },
};

/// A key on a member's device that opens the account without a password; only its member sees it.
#[derive(SimpleObject)]
pub struct Passkey {
    /// Opaque id; none for `node`.
    id: ID,
    /// What the member calls it, at most 50 characters.
    name: String,
    /// When it was added.
    created_at: DateTime,
    /// When somebody last logged in with it; null if nobody has.
    last_used_at: Option<DateTime>,
}

impl From<passkey::Model> for Passkey {
    fn from(row: passkey::Model) -> Self {
        Self {
            id: row.id.to_string().into(),
            name: row.name,
            created_at: row.created_at.into(),
            last_used_at: row.last_used_at.map(DateTime::from),
        }
    }
}

/// Who adds a passkey.
#[derive(InputObject)]
pub struct StartPasskeyRegistrationInput {
    /// The account's password; needed if the member logged in more than 15 minutes ago.
    #[graphql(secret)]
    password: Option<String>,
}

/// Answer of startPasskeyRegistration.
#[derive(SimpleObject)]
pub struct StartPasskeyRegistrationPayload {
    /// JSON for `PublicKeyCredential.parseCreationOptionsFromJSON`, whose result goes to `navigator.credentials.create`.
    options_json: Option<String>,
    /// What to correct; empty when it is done.
    user_errors: Vec<UserError>,
}

/// A passkey that the member's device has made.
#[derive(InputObject)]
pub struct AddPasskeyInput {
    /// `JSON.stringify` of what `navigator.credentials.create` has answered, within 5 minutes.
    #[graphql(secret)]
    credential_json: String,
    /// What the member calls it, 1 to 50 characters; if left out, program and system, such as `Firefox on Windows`.
    name: Option<String>,
}

/// Answer of addPasskey.
#[derive(SimpleObject)]
pub struct AddPasskeyPayload {
    /// The passkey.
    passkey: Option<Passkey>,
    /// What to correct; empty when it is done.
    user_errors: Vec<UserError>,
}

/// Another name for a passkey.
#[derive(InputObject)]
pub struct RenamePasskeyInput {
    /// One of viewer.passkeys.
    id: ID,
    /// 1 to 50 characters.
    name: String,
}

/// Answer of renamePasskey.
#[derive(SimpleObject)]
pub struct RenamePasskeyPayload {
    /// The passkey as it is now.
    passkey: Option<Passkey>,
    /// What to correct; empty when it is done.
    user_errors: Vec<UserError>,
}

/// Which passkey to remove.
#[derive(InputObject)]
pub struct RemovePasskeyInput {
    /// One of viewer.passkeys.
    id: ID,
    /// The account's password; needed if the member logged in more than 15 minutes ago.
    #[graphql(secret)]
    password: Option<String>,
}

/// Answer of removePasskey.
#[derive(SimpleObject)]
pub struct RemovePasskeyPayload {
    /// The member.
    viewer: Option<Viewer>,
    /// What to correct; empty when it is done.
    user_errors: Vec<UserError>,
}

/// Input for startPasskeyLogIn.
#[derive(InputObject)]
pub struct StartPasskeyLogInInput {
    /// Ignored: each call makes a new challenge.
    idempotency_key: Option<String>,
}

/// Answer of startPasskeyLogIn.
#[derive(SimpleObject)]
pub struct StartPasskeyLogInPayload {
    /// JSON for `PublicKeyCredential.parseRequestOptionsFromJSON`, whose result goes to `navigator.credentials.get`.
    options_json: Option<String>,
    /// What to correct; empty when it is done.
    user_errors: Vec<UserError>,
}

/// What a passkey has signed.
#[derive(InputObject)]
pub struct LogInWithPasskeyInput {
    /// `JSON.stringify` of what `navigator.credentials.get` has answered, within 5 minutes.
    #[graphql(secret)]
    credential_json: String,
}

/// Answer of logInWithPasskey.
#[derive(SimpleObject)]
pub struct LogInWithPasskeyPayload {
    /// The member, logged in.
    viewer: Option<Viewer>,
    /// Tokens of the log-in.
    tokens: Option<Tokens>,
    /// What to correct; empty when it is done.
    user_errors: Vec<UserError>,
}

/// Mutations of passkeys.
#[derive(Default)]
pub struct PasskeyMutation;

#[Object]
impl PasskeyMutation {
    /// Begins to add a passkey (WebAuthn) to the caller's account, whose address must be verified: what to ask the member's
    /// device.
    async fn start_passkey_registration(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Who asks.")] input: StartPasskeyRegistrationInput,
    ) -> async_graphql::Result<StartPasskeyRegistrationPayload> {
        let done =
            accounts::start_passkey_registration(ctx.deps()?, ctx.viewer()?, ctx.origin()?, input.password).await;
        let (options_json, user_errors) = settle(done)?;
        Ok(StartPasskeyRegistrationPayload {
            options_json,
            user_errors,
        })
    }

    /// Adds the passkey that the member's device has made; at most 20 an account. A mail tells the member.
    async fn add_passkey(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What the device answered.")] input: AddPasskeyInput,
    ) -> async_graphql::Result<AddPasskeyPayload> {
        let input = accounts::AddPasskey {
            credential_json: input.credential_json,
            name: input.name,
        };
        let done = accounts::add_passkey(ctx.deps()?, ctx.viewer()?, ctx.origin()?, input).await;
        let (passkey, user_errors) = settle(done)?;
        Ok(AddPasskeyPayload {
            passkey: passkey.map(Passkey::from),
            user_errors,
        })
    }

    /// Gives a passkey another name.
    async fn rename_passkey(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which, and how.")] input: RenamePasskeyInput,
    ) -> async_graphql::Result<RenamePasskeyPayload> {
        let done = async {
            let id = input_id("id", &input.id)?;
            accounts::rename_passkey(ctx.deps()?, ctx.viewer()?, id, &input.name).await
        };
        let (passkey, user_errors) = settle(done.await)?;
        Ok(RenamePasskeyPayload {
            passkey: passkey.map(Passkey::from),
            user_errors,
        })
    }

    /// Removes a passkey: it can no longer be used to log in. Existing log-ins stay. A mail tells the member.
    async fn remove_passkey(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which passkey.")] input: RemovePasskeyInput,
    ) -> async_graphql::Result<RemovePasskeyPayload> {
        let done = async {
            let input = accounts::RemovePasskey {
                id: input_id("id", &input.id)?,
                password: input.password,
            };
            accounts::remove_passkey(ctx.deps()?, ctx.viewer()?, ctx.origin()?, input).await
        };
        let (member, user_errors) = settle(done.await)?;
        let viewer = self_of(ctx, member.map(Arc::new)).await?;
        Ok(RemovePasskeyPayload { viewer, user_errors })
    }

    /// Begins a log-in with a passkey: what to ask the device of whoever wants to log in.
    async fn start_passkey_log_in(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Nothing is needed.")] input: StartPasskeyLogInInput,
    ) -> async_graphql::Result<StartPasskeyLogInPayload> {
        let StartPasskeyLogInInput { idempotency_key: _ } = input;
        let done = accounts::start_passkey_log_in(ctx.deps()?, ctx.origin()?).await;
        let (options_json, user_errors) = settle(done)?;
        Ok(StartPasskeyLogInPayload {
            options_json,
            user_errors,
        })
    }

    /// Logs in the member whose passkey has answered; no password and no code is needed.
    async fn log_in_with_passkey(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What the device answered.")] input: LogInWithPasskeyInput,
    ) -> async_graphql::Result<LogInWithPasskeyPayload> {
        let done = accounts::log_in_with_passkey(ctx.deps()?, ctx.origin()?, &input.credential_json).await;
        let (done, user_errors) = settle(done)?;
        let (viewer, tokens) = viewer_and_tokens(ctx, done).await?;
        Ok(LogInWithPasskeyPayload {
            viewer,
            tokens,
            user_errors,
        })
    }
}
