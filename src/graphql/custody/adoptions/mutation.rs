//! Mutations of adoptions.

use std::sync::Arc;

use async_graphql::{Context, ID, InputObject, Object, SimpleObject};

use super::check::AdoptionCheckTime;
use crate::{
    domain::custody::{self, RecordAdoptionCheck},
    graphql::{
        context::ContextExt,
        custody::Stay,
        error::{UserError, input_id, settle},
        vocabulary::AdoptionOutcome,
    },
};

/// What became of an adoption.
#[derive(InputObject)]
pub struct RecordAdoptionCheckInput {
    /// The stay that ended with it.
    stay_id: ID,
    /// How many months after it.
    after: AdoptionCheckTime,
    /// What was found out. RETURNED and DIED can be recorded as soon as they are known, the others when the time has come.
    outcome: AdoptionOutcome,
    /// A note of at most 300 characters about the animal, not about who adopted it: contact details are masked.
    note: Option<String>,
}

/// Answer of recordAdoptionCheck.
#[derive(SimpleObject)]
pub struct RecordAdoptionCheckPayload {
    /// The stay, with its checks.
    stay: Option<Stay>,
    /// What to correct; empty when it is done.
    user_errors: Vec<UserError>,
}

/// Mutations of adoptions.
#[derive(Default)]
pub struct AdoptionMutation;

#[Object]
impl AdoptionMutation {
    /// Records whether an adopted animal is still in its new home, or corrects what was recorded. An animal that came back to
    /// a shelter before the time counts as RETURNED by itself; anything else is then NOT_ALLOWED. The same again changes
    /// nothing. For the staff of the shelter and its keys with `pets:write`.
    async fn record_adoption_check(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which adoption, after how long, and what became of it.")] input: RecordAdoptionCheckInput,
    ) -> async_graphql::Result<RecordAdoptionCheckPayload> {
        let done = async {
            let input = RecordAdoptionCheck {
                stay_id: input_id("stayId", &input.stay_id)?,
                after: input.after.into(),
                outcome: input.outcome.into(),
                note: input.note,
            };
            custody::record_adoption_check(ctx.deps()?, ctx.viewer()?, input).await
        };
        let (stay, user_errors) = settle(done.await)?;
        Ok(RecordAdoptionCheckPayload {
            stay: stay.map(|stay| Stay(Arc::new(stay))),
            user_errors,
        })
    }
}
