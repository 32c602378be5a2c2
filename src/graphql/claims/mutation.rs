//! Mutations of claims.

use std::sync::Arc;

use async_graphql::{Context, ID, InputObject, Object, SimpleObject};

use super::Claim;
use crate::{
    domain::claims::{self, AnswerClaim, ClaimAnswer, OpenClaim, SeenClaim},
    graphql::{
        context::ContextExt,
        error::{UserError, input_id, settle},
        idempotency::idempotency_key,
    },
    kernel::Result,
};

/// Which match is to be proved.
#[derive(InputObject)]
pub struct OpenClaimInput {
    /// A match with a report of the caller or of a shelter that they work for.
    match_id: ID,
    /// Any text of up to 200 characters: the same key and input within 24 hours gives the first claim again.
    idempotency_key: Option<String>,
}

/// Answer of openClaim.
#[derive(SimpleObject)]
pub struct OpenClaimPayload {
    /// The claim with its questions.
    claim: Option<Claim>,
    /// What to correct; empty when it is done.
    user_errors: Vec<UserError>,
}

/// An answer to a question of a claim.
#[derive(InputObject)]
pub struct ClaimAnswerInput {
    /// Number of the question.
    number: i32,
    /// At most 300 characters.
    answer: String,
}

/// What proves a claim.
#[derive(InputObject)]
pub struct AnswerClaimInput {
    /// The claim.
    id: ID,
    /// At most one answer to each question, and at least one in all.
    answers: Vec<ClaimAnswerInput>,
    /// A photo of yours for CLAIM_PHOTO that shows what the challenge asks for; each can be used in one claim.
    photo_id: Option<ID>,
    /// A photo of yours for CLAIM_PHOTO of a document, such as a vet's record or a licence.
    document_id: Option<ID>,
}

/// Answer of answerClaim.
#[derive(SimpleObject)]
pub struct AnswerClaimPayload {
    /// The claim as it is now.
    claim: Option<Claim>,
    /// What to correct; empty when it is done.
    user_errors: Vec<UserError>,
}

/// What the judging side thinks of the latest answers.
#[derive(InputObject)]
pub struct JudgeClaimInput {
    /// The claim.
    id: ID,
    /// True opens exact places and phones to both sides; false is "not yet", or the end after the last try.
    accept: bool,
    /// What the claimant is told, at most 300 characters. Do not give the right answer away.
    reason: Option<String>,
}

/// Answer of judgeClaim.
#[derive(SimpleObject)]
pub struct JudgeClaimPayload {
    /// The claim as it is now.
    claim: Option<Claim>,
    /// What to correct; empty when it is done.
    user_errors: Vec<UserError>,
}

/// Which claim is given up.
#[derive(InputObject)]
pub struct WithdrawClaimInput {
    /// The claim.
    id: ID,
}

/// Answer of withdrawClaim.
#[derive(SimpleObject)]
pub struct WithdrawClaimPayload {
    /// The claim as it is now.
    claim: Option<Claim>,
    /// What to correct; empty when it is done.
    user_errors: Vec<UserError>,
}

/// Mutations of claims.
#[derive(Default)]
pub struct ClaimMutation;

#[Object]
impl ClaimMutation {
    /// Confirms the match for the caller's side and begins to prove that both reports are one animal; the people of the
    /// other report judge. A match has one claim at a
    /// time. Members open at most 10 claims a day, and not within 7 days after the other side has rejected one on the same
    /// match.
    async fn open_claim(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which match.")] input: OpenClaimInput,
    ) -> async_graphql::Result<OpenClaimPayload> {
        let idempotency_key = idempotency_key(input.idempotency_key.as_deref(), &input);
        let done = async {
            let input = OpenClaim {
                match_id: input_id("matchId", &input.match_id)?,
                idempotency_key,
            };
            claims::open_claim(ctx.deps()?, ctx.viewer()?, ctx.origin()?, input).await
        };
        let (claim, user_errors) = settled(done.await)?;
        Ok(OpenClaimPayload { claim, user_errors })
    }

    /// Answers the questions of a claim of the caller's side. There are three tries, 10 minutes apart; people judge them.
    async fn answer_claim(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What proves it.")] input: AnswerClaimInput,
    ) -> async_graphql::Result<AnswerClaimPayload> {
        let done = async { claims::answer_claim(ctx.deps()?, ctx.viewer()?, input.answers()?).await };
        let (claim, user_errors) = settled(done.await)?;
        Ok(AnswerClaimPayload { claim, user_errors })
    }

    /// Judges the latest answers, for the side that did not open the claim. Only `accept` opens exact places and phones,
    /// to the two sides, and it confirms the match: when one side then closes its report as REUNITED, so is the other.
    async fn judge_claim(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The judgement.")] input: JudgeClaimInput,
    ) -> async_graphql::Result<JudgeClaimPayload> {
        let JudgeClaimInput { id, accept, reason } = input;
        let done = async {
            let judgement = (input_id("id", &id)?, accept);
            claims::judge_claim(ctx.deps()?, ctx.viewer()?, judgement, reason).await
        };
        let (claim, user_errors) = settled(done.await)?;
        Ok(JudgeClaimPayload { claim, user_errors })
    }

    /// Gives up a claim of the caller's side that is not decided yet.
    async fn withdraw_claim(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which claim.")] input: WithdrawClaimInput,
    ) -> async_graphql::Result<WithdrawClaimPayload> {
        let done = async { claims::withdraw_claim(ctx.deps()?, ctx.viewer()?, input_id("id", &input.id)?).await };
        let (claim, user_errors) = settled(done.await)?;
        Ok(WithdrawClaimPayload { claim, user_errors })
    }
}

impl AnswerClaimInput {
    fn answers(self) -> Result<AnswerClaim> {
        let picture = |field: &str, id: Option<ID>| id.map(|id| input_id(field, &id)).transpose();
        let answer = |given: ClaimAnswerInput| ClaimAnswer {
            number: given.number,
            answer: given.answer,
        };
        Ok(AnswerClaim {
            id: input_id("id", &self.id)?,
            answers: self.answers.into_iter().map(answer).collect(),
            photo_id: picture("photoId", self.photo_id)?,
            document_id: picture("documentId", self.document_id)?,
        })
    }
}

fn settled(done: Result<SeenClaim>) -> async_graphql::Result<(Option<Claim>, Vec<UserError>)> {
    let (seen, user_errors) = settle(done)?;
    Ok((seen.map(|seen| Claim(Arc::new(seen))), user_errors))
}
