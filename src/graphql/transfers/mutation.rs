//! Mutations of offers of animals.

use std::sync::Arc;

use async_graphql::{Context, ID, InputObject, Object, SimpleObject};

use super::Transfer;
use crate::{
    domain::transfers,
    graphql::{
        context::ContextExt,
        error::{UserError, input_id, settle},
        idempotency::idempotency_key,
    },
};

/// An animal that is offered to another shelter.
#[derive(InputObject)]
pub struct OfferTransferInput {
    /// Its stay, which has not ended.
    stay_id: ID,
    /// The shelter that is to receive it, another one that is verified.
    to_shelter_id: ID,
    /// What that shelter should know, at most 1,000 characters.
    note: Option<String>,
    /// Any text of up to 200 characters: the same key and input within 24 hours gives the first offer again.
    idempotency_key: Option<String>,
}

/// Answer of offerTransfer.
#[derive(SimpleObject)]
pub struct OfferTransferPayload {
    /// The offer.
    transfer: Option<Transfer>,
    /// What to correct; empty when it is done.
    user_errors: Vec<UserError>,
}

/// An animal that its finder brings to a shelter.
#[derive(InputObject)]
pub struct TransferPetInput {
    /// Your report of it: FOUND, open, and of no shelter.
    pet_id: ID,
    /// The shelter, a verified one.
    shelter_id: ID,
}

/// Answer of transferPet.
#[derive(SimpleObject)]
pub struct TransferPetPayload {
    /// The offer, which the shelter answers.
    transfer: Option<Transfer>,
    /// What to correct; empty when it is done.
    user_errors: Vec<UserError>,
}

/// An answer to an offer.
#[derive(InputObject)]
pub struct AnswerTransferInput {
    /// Which offer.
    id: ID,
    /// Whether the shelter takes the animal.
    accept: bool,
    /// Why, at most 300 characters; the offering side sees it.
    reason: Option<String>,
}

/// Answer of answerTransfer.
#[derive(SimpleObject)]
pub struct AnswerTransferPayload {
    /// The offer; its newAnimal is there once it is accepted.
    transfer: Option<Transfer>,
    /// What to correct; empty when it is done.
    user_errors: Vec<UserError>,
}

/// Which offer to withdraw.
#[derive(InputObject)]
pub struct WithdrawTransferInput {
    /// One that is open.
    id: ID,
}

/// Answer of withdrawTransfer.
#[derive(SimpleObject)]
pub struct WithdrawTransferPayload {
    /// The offer.
    transfer: Option<Transfer>,
    /// What to correct; empty when it is done.
    user_errors: Vec<UserError>,
}

/// Mutations of offers of animals.
#[derive(Default)]
pub struct TransferMutation;

#[Object]
impl TransferMutation {
    /// Offers an animal in a shelter's care to another shelter, whose staff is told. Nothing else changes until that shelter
    /// accepts. An animal has one open offer at a time. For ADMIN and STAFF of the shelter that has it and its keys with
    /// `pets:write`; at most 60 offers an hour.
    async fn offer_transfer(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which animal, and to whom.")] input: OfferTransferInput,
    ) -> async_graphql::Result<OfferTransferPayload> {
        let done = async {
            let idempotency_key = idempotency_key(input.idempotency_key.as_deref(), &input);
            let input = transfers::OfferTransfer {
                stay_id: input_id("stayId", &input.stay_id)?,
                to_shelter: input_id("toShelterId", &input.to_shelter_id)?,
                note: input.note,
                idempotency_key,
            };
            transfers::offer_transfer(ctx.deps()?, ctx.viewer()?, input).await
        };
        let (transfer, user_errors) = settle(done.await)?;
        Ok(OfferTransferPayload {
            transfer: transfer.map(|row| Transfer(Arc::new(row))),
            user_errors,
        })
    }

    /// Offers an animal that you have found to a shelter, to which you bring it. Once the shelter accepts, your report is
    /// closed as TRANSFERRED, with its matches and conversations, and the shelter has a report of its own that points to yours;
    /// it learns what you know of the animal, and exactly where you found it. The same again gives the open offer. For the
    /// member who made the report.
    async fn transfer_pet(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which animal, and where to.")] input: TransferPetInput,
    ) -> async_graphql::Result<TransferPetPayload> {
        let done = async {
            let pet = input_id("petId", &input.pet_id)?;
            let shelter = input_id("shelterId", &input.shelter_id)?;
            transfers::transfer_pet(ctx.deps()?, ctx.viewer()?, pet, shelter).await
        };
        let (transfer, user_errors) = settle(done.await)?;
        Ok(TransferPetPayload {
            transfer: transfer.map(|row| Transfer(Arc::new(row))),
            user_errors,
        })
    }

    /// Accepts an offer, or refuses it. Accepting ends the stay or the report on the offering side as TRANSFERRED and makes an
    /// animal, a stay and a report for the receiving shelter, all or nothing. An offer whose animal has left meanwhile is
    /// withdrawn, with CONFLICT. The same answer again changes nothing. For ADMIN and STAFF of the receiving shelter and its
    /// keys with `pets:write`.
    async fn answer_transfer(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which offer, and the answer.")] input: AnswerTransferInput,
    ) -> async_graphql::Result<AnswerTransferPayload> {
        let done = async {
            let answer = transfers::AnswerTransfer {
                id: input_id("id", &input.id)?,
                accept: input.accept,
                reason: input.reason,
            };
            transfers::answer_transfer(ctx.deps()?, ctx.viewer()?, answer).await
        };
        let (transfer, user_errors) = settle(done.await)?;
        Ok(AnswerTransferPayload {
            transfer: transfer.map(|row| Transfer(Arc::new(row))),
            user_errors,
        })
    }

    /// Takes an open offer back. For the member who offers, or ADMIN and STAFF of the offering shelter and its keys with
    /// `pets:write`. Doing it twice changes nothing.
    async fn withdraw_transfer(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which offer.")] input: WithdrawTransferInput,
    ) -> async_graphql::Result<WithdrawTransferPayload> {
        let done = async {
            let id = input_id("id", &input.id)?;
            transfers::withdraw_transfer(ctx.deps()?, ctx.viewer()?, id).await
        };
        let (transfer, user_errors) = settle(done.await)?;
        Ok(WithdrawTransferPayload {
            transfer: transfer.map(|row| Transfer(Arc::new(row))),
            user_errors,
        })
    }
}
