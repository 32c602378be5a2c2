//! Decisions about matches.

use async_graphql::{Context, ID, InputObject, Object, SimpleObject};

use super::Match;
use crate::{
    domain::matching::{self, Dismissal},
    graphql::{
        context::ContextExt,
        error::{UserError, input_id, settle},
        vocabulary::MatchDifference,
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
    /// What makes them two animals; helps to make matching better.
    difference: Option<MatchDifference>,
    /// The same in your own words, at most 300 characters.
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
    /// Says that both reports are one animal. The reporter of either report may, and whoever may edit its shelter's
    /// animals; each side confirms for itself. The caller's report becomes MATCHED, and the other side is told. If the
    /// other report was closed as REUNITED, the caller's is closed so as well. Exact places stay closed: see openClaim.
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

    /// Says that the reports are two animals. The reporter of either report may, and whoever may edit its shelter's
    /// animals. The pair never alerts again, unless their microchip numbers turn out to be equal; the other side is told
    /// if it had confirmed.
    async fn dismiss_match(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which match, and why.")] input: DismissMatchInput,
    ) -> async_graphql::Result<DismissMatchPayload> {
        let done = async {
            let dismissal = Dismissal {
                difference: input.difference.map(Into::into),
                reason: input.reason,
            };
            matching::dismiss_match(ctx.deps()?, ctx.viewer()?, input_id("id", &input.id)?, dismissal).await
        };
        let (found, user_errors) = settle(done.await)?;
        Ok(DismissMatchPayload {
            found: found.map(Match),
            user_errors,
        })
    }
}
