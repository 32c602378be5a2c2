//! Consents in the schema.

use async_graphql::{Context, InputObject, Object, SimpleObject};
use entity::consent;

use crate::{
    domain::consents,
    graphql::{
        context::ContextExt,
        error::{UserError, settle},
        scalars::DateTime,
        vocabulary::ConsentPurpose,
    },
};

/// A member's last word about something that needs their consent.
#[derive(SimpleObject)]
pub struct Consent {
    /// What it is about.
    purpose: ConsentPurpose,
    /// Whether they agree; false if they took it back.
    granted: bool,
    /// The words that they were shown, or that they sent.
    wording: String,
    /// When they said so.
    created_at: DateTime,
}

impl From<consent::Model> for Consent {
    fn from(row: consent::Model) -> Self {
        Self {
            purpose: row.purpose.into(),
            granted: row.granted,
            wording: row.wording,
            created_at: row.created_at.into(),
        }
    }
}

/// What the member agrees to from now on, or no longer.
#[derive(InputObject)]
pub struct RecordConsentInput {
    /// What it is about; not TEXT_MESSAGES, which verifyPhone and the word STOP record.
    purpose: ConsentPurpose,
    /// Whether the member agrees.
    granted: bool,
    /// The words that they were shown, 1 to 2,000 characters; kept as evidence.
    wording: String,
}

/// Answer of recordConsent.
#[derive(SimpleObject)]
pub struct RecordConsentPayload {
    /// The consent as it is now.
    consent: Option<Consent>,
    /// What to correct; empty when it is done.
    user_errors: Vec<UserError>,
}

/// Mutations of consents.
#[derive(Default)]
pub struct ConsentMutation;

#[Object]
impl ConsentMutation {
    /// Gives or withdraws consent. Each change is kept with its time and network address, and is in the archive of
    /// the member's data; saying the same again changes nothing.
    async fn record_consent(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "To what, and in which words.")] input: RecordConsentInput,
    ) -> async_graphql::Result<RecordConsentPayload> {
        let input = consents::RecordConsent {
            purpose: input.purpose.into(),
            granted: input.granted,
            wording: input.wording,
        };
        let done = consents::record_consent(ctx.deps()?, ctx.viewer()?, input).await;
        let (consent, user_errors) = settle(done)?;
        Ok(RecordConsentPayload {
            consent: consent.map(Consent::from),
            user_errors,
        })
    }
}
