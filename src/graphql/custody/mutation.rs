//! Mutations of stays.

use std::sync::Arc;

use async_graphql::{Context, Object, SimpleObject};

use super::{
    Stay,
    hold_inputs::{ExtendHoldInput, NoteOwnerContactInput, ReleaseHoldInput},
    inputs::{ChangeStaysInput, EndStaysInput, TakeInAnimalInput},
};
use crate::{
    domain::custody,
    graphql::{
        context::ContextExt,
        error::{UserError, input_id, settle},
    },
};

/// Answer of takeInAnimal.
#[derive(SimpleObject)]
pub struct TakeInAnimalPayload {
    /// The new stay, with its report.
    stay: Option<Stay>,
    /// What to correct; empty when it is done.
    user_errors: Vec<UserError>,
}

/// Answer of changeStays.
#[derive(SimpleObject)]
pub struct ChangeStaysPayload {
    /// The stays; null when nothing was done.
    stays: Option<Vec<Stay>>,
    /// What to correct; empty when it is done.
    user_errors: Vec<UserError>,
}

/// Answer of endStays.
#[derive(SimpleObject)]
pub struct EndStaysPayload {
    /// The stays; null when nothing was done.
    stays: Option<Vec<Stay>>,
    /// What to correct; empty when it is done.
    user_errors: Vec<UserError>,
}

/// Answer of noteOwnerContact.
#[derive(SimpleObject)]
pub struct NoteOwnerContactPayload {
    /// The stay, with its hold as it is now.
    stay: Option<Stay>,
    /// What to correct; empty when it is done.
    user_errors: Vec<UserError>,
}

/// Answer of releaseHold.
#[derive(SimpleObject)]
pub struct ReleaseHoldPayload {
    /// The stay, with its hold as it is now.
    stay: Option<Stay>,
    /// What to correct; empty when it is done.
    user_errors: Vec<UserError>,
}

/// Answer of extendHold.
#[derive(SimpleObject)]
pub struct ExtendHoldPayload {
    /// The stay, with its hold as it is now.
    stay: Option<Stay>,
    /// What to correct; empty when it is done.
    user_errors: Vec<UserError>,
}

/// Mutations of stays.
#[derive(Default)]
pub struct CustodyMutation;

#[Object]
impl CustodyMutation {
    /// Takes in again an animal that the shelter knows, such as one that was adopted and comes back: a new stay begins, and
    /// publishes a new report that points to the former one. A new animal is taken in with reportPet, as SHELTERED. For the
    /// staff of the shelter and its keys with `pets:write`.
    async fn take_in_animal(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The intake.")] input: TakeInAnimalInput,
    ) -> async_graphql::Result<TakeInAnimalPayload> {
        let done = async { custody::take_in(ctx.deps()?, ctx.viewer()?, input.input()?).await };
        let (stay, user_errors) = settle(done.await)?;
        Ok(TakeInAnimalPayload {
            stay: stay.map(|stay| Stay(Arc::new(stay))),
            user_errors,
        })
    }

    /// Changes what is done with animals in care, and where they are kept: all of them, or none when something is wrong with
    /// one. An animal that is kept for its owner does not become ADOPTABLE (NOT_ALLOWED) before its hold ends, nor does one that
    /// somebody claims or may be looking for: Stay.adoptionBlockedBy. The same again changes nothing. For the staff of their
    /// shelter and its keys with `pets:write`.
    async fn change_stays(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which stays, and the change.")] input: ChangeStaysInput,
    ) -> async_graphql::Result<ChangeStaysPayload> {
        let done = async { custody::change_stays(ctx.deps()?, ctx.viewer()?, input.input()?).await };
        let (stays, user_errors) = settle(done.await)?;
        Ok(ChangeStaysPayload {
            stays: stays.map(listed),
            user_errors,
        })
    }

    /// Ends stays, and closes their reports: adopted, reunited, transferred, or closed without a word of why. A stay that has
    /// ended is corrected. An animal that is kept for its owner is not ADOPTED (NOT_ALLOWED) before its hold ends, nor
    /// TRANSFERRED before its rule allows that; one that somebody claims or may be looking for is not ADOPTED either:
    /// Stay.adoptionBlockedBy. All of them, or none when something is wrong with one; the same again changes nothing. For
    /// the staff of their shelter and its keys with `pets:write`.
    async fn end_stays(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which stays, and how they ended.")] input: EndStaysInput,
    ) -> async_graphql::Result<EndStaysPayload> {
        let done = async { custody::end_stays(ctx.deps()?, ctx.viewer()?, input.input()?).await };
        let (stays, user_errors) = settle(done.await)?;
        Ok(EndStaysPayload {
            stays: stays.map(listed),
            user_errors,
        })
    }

    /// Notes what is known of an animal's owner and what the owner was told, and computes its hold anew. The same again
    /// changes nothing. For ADMIN and STAFF of the shelter and its keys with `pets:write`.
    async fn note_owner_contact(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which stay, and what is noted.")] input: NoteOwnerContactInput,
    ) -> async_graphql::Result<NoteOwnerContactPayload> {
        let done = async { custody::note_owner_contact(ctx.deps()?, ctx.viewer()?, input.input()?).await };
        let (stay, user_errors) = settle(done.await)?;
        Ok(NoteOwnerContactPayload {
            stay: stay.map(|stay| Stay(Arc::new(stay))),
            user_errors,
        })
    }

    /// Lets an animal be given away before its hold ends. The same again changes nothing. For ADMIN and STAFF of the shelter
    /// and its keys with `pets:write`.
    async fn release_hold(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which stay, and why.")] input: ReleaseHoldInput,
    ) -> async_graphql::Result<ReleaseHoldPayload> {
        let done = async {
            let id = input_id("stayId", &input.stay_id)?;
            custody::release_hold(ctx.deps()?, ctx.viewer()?, id, &input.reason).await
        };
        let (stay, user_errors) = settle(done.await)?;
        Ok(ReleaseHoldPayload {
            stay: stay.map(|stay| Stay(Arc::new(stay))),
            user_errors,
        })
    }

    /// Keeps an animal longer than the rules say, also one that no rule keeps or that was released; replaces a former
    /// extension. The same again changes nothing. For ADMIN and STAFF of the shelter and its keys with `pets:write`.
    async fn extend_hold(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which stay, until when, and why.")] input: ExtendHoldInput,
    ) -> async_graphql::Result<ExtendHoldPayload> {
        let done = async { custody::extend_hold(ctx.deps()?, ctx.viewer()?, input.input()?).await };
        let (stay, user_errors) = settle(done.await)?;
        Ok(ExtendHoldPayload {
            stay: stay.map(|stay| Stay(Arc::new(stay))),
            user_errors,
        })
    }
}

fn listed(stays: Vec<entity::stay::Model>) -> Vec<Stay> {
    stays.into_iter().map(|stay| Stay(Arc::new(stay))).collect()
}
