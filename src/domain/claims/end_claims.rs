//! Ends claims that have lost their ground: the match was dismissed or is over, a report closed, or nobody went on with
//! them.

use entity::{
    claim,
    id::{MatchId, MemberId, PetId},
    pet, pet_match,
    vocabulary::{ClaimState, MatchState},
};
use sea_orm::{
    ColumnTrait, Condition, EntityTrait, QueryFilter, QuerySelect, QueryTrait,
    sea_query::{Expr, ExprTrait, SimpleExpr},
};
use serde::{Deserialize, Serialize};

use super::{judge_claim::end, model::ACTIVE};
use crate::{
    deps::{Deps, Tx},
    domain::{matching, pets},
    events::ClaimEvent,
    kernel::{Result, Viewer},
};

/// Maximum number of claims that one run ends; the rest waits for the next.
const BATCH: u64 = 500;

/// What has changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Over {
    /// A match was decided.
    Match(MatchId),
    /// A report was closed.
    Report(PetId),
}

/// Ends the claims of a match or report that can no longer go on. Running it twice changes nothing.
pub async fn end_claims(deps: &Deps, over: Over) -> Result<()> {
    let which = match over {
        Over::Match(id) => Condition::all().add(claim::COLUMN.match_id.eq(id)),
        Over::Report(id) => Condition::any()
            .add(claim::COLUMN.claimant_pet_id.eq(id))
            .add(claim::COLUMN.judged_pet_id.eq(id)),
    };
    end_those(deps, which).await
}

/// Ends the claims that nobody went on with for 14 days, and those of reports that were closed in another way than one by
/// one. Every hour.
pub async fn expire_claims(deps: &Deps) -> Result<()> {
    let is_closed = |column: claim::Column| closed(Expr::col((claim::Entity, column)));
    let stale = Condition::any()
        .add(claim::COLUMN.expires_at.lte(deps.clock.now()))
        .add(is_closed(claim::Column::ClaimantPetId))
        .add(is_closed(claim::Column::JudgedPetId));
    let undecided = claim::COLUMN.state.is_in([ClaimState::Open, ClaimState::Answered]);
    end_those(deps, Condition::all().add(stale).add(undecided)).await
}

/// Condition: a column refers to a report that is over.
fn closed(column: SimpleExpr) -> SimpleExpr {
    let over = pets::visible_to(&Viewer::System)
        .select_only()
        .column(pet::Column::Id)
        .filter(pets::live().not())
        .filter(pet::Column::Id.into_expr().eq(column));
    Expr::exists(over.into_query())
}

async fn end_those(deps: &Deps, which: Condition) -> Result<()> {
    deps.write(async |tx| {
        let claims = claim::Entity::find()
            .filter(claim::COLUMN.state.is_in(ACTIVE))
            .filter(which.clone())
            .limit(BATCH)
            .lock_exclusive()
            .all(tx)
            .await?;
        for claim in claims {
            if let Some((state, by)) = end_of(tx, &claim).await? {
                end(tx, claim.id, state, by).await?;
                tx.announce(ClaimEvent::ClaimJudged { claim_id: claim.id });
            }
        }
        Ok(())
    })
    .await
}

/// How a claim ends now, and who ended it; `None` if it goes on.
async fn end_of(tx: &Tx, claim: &claim::Model) -> Result<Option<(ClaimState, Option<MemberId>)>> {
    let found = matching::with_id(tx, claim.match_id).await?;
    if found.state == MatchState::Dismissed {
        return Ok(Some(dismissed(claim, &found)));
    }
    if claim.state == ClaimState::Accepted {
        return Ok(None);
    }
    let reports = matching::sides(tx, &found).await?;
    let is_over = found.ended_at.is_some()
        || !reports.iter().all(|pet| pets::is_live(pet.status))
        || claim.expires_at <= tx.now();
    Ok(is_over.then_some((ClaimState::Expired, None)))
}

/// The claimant's side gives the claim up by dismissing the match, whoever of it does; the other side rejects it.
fn dismissed(claim: &claim::Model, found: &pet_match::Model) -> (ClaimState, Option<MemberId>) {
    let by_claimant = match claim.claimant_pet_id == found.lost_id {
        true => found.lost_dismissed_by,
        false => found.other_dismissed_by,
    };
    match by_claimant {
        Some(_) => (ClaimState::Withdrawn, by_claimant),
        None => (ClaimState::Rejected, found.decided_by),
    }
}
