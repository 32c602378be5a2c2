//! Decisions about matches.

use async_graphql::{Context, ID, InputObject, Object, SimpleObject};

use super::Match;
use crate::{
    domain::matching,
    graphql::{
        context::ContextExt,
        error::{UserError, input_id, settle},
    },
};

/// Which match is the same animal.
#[derive(InputObject)]
pub struct ConfirmMatchInput {
    /// The match.
    id: ID,
}

/// Answer of confirmMatch.
#[derive(SimpleObject)]
pub struct ConfirmMatchPayload {
    /// The match as it is now.
    #[graphql(name = "match")]
    found: Option<Match>,
    /// What to correct; empty when it is done.
    user_errors: Vec<UserError>,
}

/// Which match is not the same animal.
#[derive(InputObject)]
pub struct DismissMatchInput {
    /// The match.
    id: ID,
    /// Why, at most 300 characters; helps to make matching better.
    reason: Option<String>,
}

/// Answer of dismissMatch.
#[derive(SimpleObject)]
pub struct DismissMatchPayload {
    /// The match as it is now.
    #[graphql(name = "match")]
    found: Option<Match>,
    /// What to correct; empty when it is done.
    user_errors: Vec<UserError>,
}

/// Mutations of matches.
#[derive(Default)]
pub struct MatchMutation;

#[Object]
impl MatchMutation {
    /// Says that both reports are one animal. Only the people who made them may; the caller's own report becomes
    /// MATCHED, and the other side is told. Each side confirms for itself. Exact places stay closed: see openClaim.
    async fn confirm_match(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which match.")] input: ConfirmMatchInput,
    ) -> async_graphql::Result<ConfirmMatchPayload> {
        let done = async { matching::confirm_match(ctx.deps()?, ctx.viewer()?, input_id("id", &input.id)?).await };
        let (found, user_errors) = settle(done.await)?;
        Ok(ConfirmMatchPayload {
            found: found.map(Match),
            user_errors,
        })
    }

    /// Says that the reports are two animals. Only its two reporters may; the pair never alerts again.
    async fn dismiss_match(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which match, and why.")] input: DismissMatchInput,
    ) -> async_graphql::Result<DismissMatchPayload> {
        let DismissMatchInput { id, reason } = input;
        let done = async { matching::dismiss_match(ctx.deps()?, ctx.viewer()?, input_id("id", &id)?, reason).await };
        let (found, user_errors) = settle(done.await)?;
        Ok(DismissMatchPayload {
            found: found.map(Match),
            user_errors,
        })
    }
}
