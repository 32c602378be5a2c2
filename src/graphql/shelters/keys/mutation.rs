//! Mutations of a shelter's keys.

use async_graphql::{Context, ID, InputObject, Object, SimpleObject};

use super::ApiKey;
use crate::{
    domain::shelters,
    graphql::{
        context::ContextExt,
        error::{UserError, input_id, settle},
        idempotency::idempotency_key,
        scalars::DateTime,
    },
};

/// What a key is for.
#[derive(InputObject)]
pub struct CreateApiKeyInput {
    /// For which shelter; it has at most 20 keys at a time.
    shelter_id: ID,
    /// What the staff calls it, 1 to 80 characters.
    name: String,
    /// At least one of these; each counts for this shelter only:
    /// `pets:read` its animals with microchips, private marks and exact places, and its dashboard;
    /// `pets:write` reporting, changing and closing its animals, and uploading their photos;
    /// `imports:write` uploading files, starting and cancelling imports, and reading their progress;
    /// `matches:read` the matches of its animals;
    /// `webhooks:manage` making, changing, trying and deleting webhooks, and reading what was delivered to them;
    /// `connectors:manage` making, changing, running and deleting connectors, and seeing what they did.
    scopes: Vec<String>,
    /// When it expires: in the future, at most 2 years from now. Left out, it does not expire.
    expires_at: Option<DateTime>,
    /// Any text of up to 200 characters: the same key and input within 24 hours gives the first API key
    /// again, with its secret.
    idempotency_key: Option<String>,
}

/// Answer of createApiKey.
#[derive(SimpleObject)]
pub struct CreateApiKeyPayload {
    /// The new key.
    api_key: Option<ApiKey>,
    /// What goes behind `Authorization: Bearer`. It is shown this once; again only to a repeat with the
    /// same idempotencyKey within 24 hours.
    secret: Option<String>,
    /// What to correct; empty when it is done.
    user_errors: Vec<UserError>,
}

/// Which key is replaced.
#[derive(InputObject)]
pub struct RotateApiKeyInput {
    /// Which key.
    id: ID,
    /// For how many hours it goes on beside the new one, 0 to 168; unless it expires before.
    #[graphql(default_with = "Some(24)")]
    overlap_hours: Option<i32>,
    /// Any text of up to 200 characters: the same key and input within 24 hours gives the first new API key
    /// again, with its secret.
    idempotency_key: Option<String>,
}

/// Answer of rotateApiKey.
#[derive(SimpleObject)]
pub struct RotateApiKeyPayload {
    /// The new key.
    api_key: Option<ApiKey>,
    /// What goes behind `Authorization: Bearer`. It is shown this once; again only to a repeat with the
    /// same idempotencyKey within 24 hours.
    secret: Option<String>,
    /// What to correct; empty when it is done.
    user_errors: Vec<UserError>,
}

/// Which key ends.
#[derive(InputObject)]
pub struct RevokeApiKeyInput {
    /// Which key.
    id: ID,
}

/// Answer of revokeApiKey.
#[derive(SimpleObject)]
pub struct RevokeApiKeyPayload {
    /// The key, revoked.
    api_key: Option<ApiKey>,
    /// What to correct; empty when it is done.
    user_errors: Vec<UserError>,
}

/// Mutations of a shelter's keys.
#[derive(Default)]
pub struct KeyMutation;

#[Object]
impl KeyMutation {
    /// Makes a key for a shelter's scripts. For ADMINs of the shelter.
    async fn create_api_key(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What it is for.")] input: CreateApiKeyInput,
    ) -> async_graphql::Result<CreateApiKeyPayload> {
        let done = async {
            let idempotency_key = idempotency_key(input.idempotency_key.as_deref(), &input);
            let CreateApiKeyInput {
                shelter_id,
                name,
                scopes,
                expires_at,
                idempotency_key: _,
            } = input;
            let input = shelters::CreateApiKey {
                shelter_id: input_id("shelterId", &shelter_id)?,
                name,
                scopes,
                expires_at: expires_at.map(|at| at.0),
                idempotency_key,
            };
            shelters::create_api_key(ctx.deps()?, ctx.viewer()?, input).await
        };
        let (made, user_errors) = settle(done.await)?;
        let (api_key, secret) = made.map(|made| (ApiKey(made.key), made.secret)).unzip();
        Ok(CreateApiKeyPayload {
            api_key,
            secret,
            user_errors,
        })
    }

    /// Makes a key with the same name, scopes and lifetime in the place of another one, which expires when the overlap
    /// ends. A key is rotated once; a replaced one does not count among the 20 keys of its shelter, and at most 20 are
    /// in their overlap. For ADMINs of its shelter.
    async fn rotate_api_key(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which key.")] input: RotateApiKeyInput,
    ) -> async_graphql::Result<RotateApiKeyPayload> {
        let done = async {
            let idempotency_key = idempotency_key(input.idempotency_key.as_deref(), &input);
            let input = shelters::RotateApiKey {
                id: input_id("id", &input.id)?,
                overlap_hours: input.overlap_hours.unwrap_or(24),
                idempotency_key,
            };
            shelters::rotate_api_key(ctx.deps()?, ctx.viewer()?, input).await
        };
        let (made, user_errors) = settle(done.await)?;
        let (api_key, secret) = made.map(|made| (ApiKey(made.key), made.secret)).unzip();
        Ok(RotateApiKeyPayload {
            api_key,
            secret,
            user_errors,
        })
    }

    /// Revokes a key at once and for good. For ADMINs of its shelter.
    async fn revoke_api_key(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which key.")] input: RevokeApiKeyInput,
    ) -> async_graphql::Result<RevokeApiKeyPayload> {
        let done = async {
            let id = input_id("id", &input.id)?;
            shelters::revoke_api_key(ctx.deps()?, ctx.viewer()?, id).await
        };
        let (key, user_errors) = settle(done.await)?;
        Ok(RevokeApiKeyPayload {
            api_key: key.map(ApiKey),
            user_errors,
        })
    }
}
