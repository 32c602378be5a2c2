//! Sharing a pet.

use async_graphql::{Context, ID, InputObject, Object, SimpleObject};

use crate::{
    domain::sharing,
    graphql::{
        context::ContextExt,
        error::{UserError, input_id, settle},
        idempotency::idempotency_key,
        scalars::URL,
        vocabulary::SharePlatform,
    },
};

/// What to share where.
#[derive(InputObject)]
pub struct SharePetInput {
    /// Which pet.
    pet_id: ID,
    /// Where it will be shared.
    platform: SharePlatform,
    /// Any text of up to 200 characters: the same key and input within 24 hours gives the first link again.
    idempotency_key: Option<String>,
}

/// A link that is ready to be shared.
#[derive(SimpleObject)]
pub struct Share {
    /// Short link to the pet's public page; visits through it are counted.
    url: URL,
    /// Ready text with the link and hashtags; holds only what everybody may see.
    text: String,
    /// Address that opens the platform with text and link filled in, as far as it allows that; a `mailto:` address for
    /// EMAIL, the link itself for COPY.
    intent_url: URL,
}

/// Answer of sharePet.
#[derive(SimpleObject)]
pub struct SharePetPayload {
    /// What to share.
    share: Option<Share>,
    /// What to correct; empty when it is done.
    user_errors: Vec<UserError>,
}

/// Mutations of sharing.
#[derive(Default)]
pub struct SharingMutation;

#[Object]
impl SharingMutation {
    /// Makes a link for sharing a pet and counts it as a share; 120 an hour at most.
    async fn share_pet(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What to share where.")] input: SharePetInput,
    ) -> async_graphql::Result<SharePetPayload> {
        let idempotency_key = idempotency_key(input.idempotency_key.as_deref(), &input);
        let SharePetInput {
            pet_id,
            platform,
            idempotency_key: _,
        } = input;
        let done = async {
            let input = sharing::SharePet {
                pet_id: input_id("petId", &pet_id)?,
                platform: platform.into(),
                idempotency_key,
            };
            sharing::share_pet(ctx.deps()?, ctx.viewer()?, input).await
        };
        let (share, user_errors) = settle(done.await)?;
        let share = share.map(|share| Share {
            url: URL(share.url),
            text: share.text,
            intent_url: URL(share.intent_url),
        });
        Ok(SharePetPayload { share, user_errors })
    }
}
