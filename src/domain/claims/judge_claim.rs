//! Judges the answers in a claim.

use entity::{
    claim, claim_try,
    id::{ClaimId, MemberId},
    vocabulary::ClaimState,
};
use sea_orm::{ActiveValue::Set, EntityTrait};

use super::{
    answer_claim::check_open,
    model::{COOL_DOWN, EXPIRES_AFTER, Part, SeenClaim, ended},
    scam_patterns, store,
};
use crate::{
    deps::{Deps, Tx},
    domain::{accounts::audit, matching, staff::Actor},
    events::ClaimEvent,
    kernel::{AtField, Error, FieldCode, Result, Viewer, text},
};

/// Maximum length of the reason, in characters.
const MAX_REASON: usize = 300;

/// Accepts the latest answers, which opens places and phones to both sides and confirms the match for the viewer's side, or
/// refuses them. After a refusal the claimant may try again as long as tries are left; the last one rejects the claim. The
/// same judgement again changes nothing.
pub async fn judge_claim(
    deps: &Deps,
    viewer: &Viewer,
    (id, accept): (ClaimId, bool),
    reason: Option<String>,
) -> Result<SeenClaim> {
    let member = viewer.require_member()?;
    let reason = text::optional_line("reason", reason.as_deref(), MAX_REASON);
    let reason = reason.map_err(|fault| Error::Invalid(vec![fault]))?;
    deps.write(async |tx| {
        let actor = Actor::of(tx, viewer).await?;
        let seen = store::find_for_update(tx, &actor, id).await.at("id")?;
        if seen.part != Part::Judge {
            return Err(Error::Forbidden(
                "only the people of the other report can judge a claim".into(),
            ));
        }
        match (seen.claim.state, accept) {
            (ClaimState::Answered, _) => {}
            (ClaimState::Accepted, true) | (ClaimState::Rejected, false) => return Ok(seen),
            (ClaimState::Open, false) if seen.last.is_some() => return Ok(seen),
            (ClaimState::Open, _) => return Err(nothing_to_judge()),
            (state, _) => return Err(ended(state)),
        }
        check_open(tx, &seen).await?;
        write_judgement(tx, &seen.claim, (!accept).then_some(member), reason.clone()).await?;
        let action = match accept {
            true => {
                // It is the same animal, they say: what closes one report as reunited closes the other.
                matching::confirm(tx, viewer, "id", seen.claim.match_id).await?;
                accepted(tx, id, member).await?
            }
            false => refused(tx, &seen.claim, member).await?,
        };
        audit(deps, tx, viewer.actor(), action, Some(id.to_string()), None).await?;
        tx.announce(ClaimEvent::ClaimJudged { claim_id: id });
        store::find(tx, &actor, id).await
    })
    .await
}

fn nothing_to_judge() -> Error {
    let message = "there are no answers to judge: wait until the claimant has given some";
    Error::field("id", FieldCode::NotAllowed, message)
}

async fn write_judgement(
    tx: &Tx,
    claim: &claim::Model,
    refused_by: Option<MemberId>,
    reason: Option<String>,
) -> Result<()> {
    let row = claim_try::ActiveModel {
        claim_id: Set(claim.id),
        number: Set(claim.tries),
        reason: Set(reason),
        refused_by: Set(refused_by),
        refused_at: Set(refused_by.map(|_| tx.now())),
        ..Default::default()
    };
    claim_try::Entity::update(row).exec(tx).await?;
    Ok(())
}

async fn accepted(tx: &Tx, id: ClaimId, member: MemberId) -> Result<&'static str> {
    end(tx, id, ClaimState::Accepted, Some(member)).await?;
    Ok("claim_accepted")
}

async fn refused(tx: &Tx, claim: &claim::Model, member: MemberId) -> Result<&'static str> {
    let left = claim.tries_left - 1;
    let row = claim::ActiveModel {
        id: Set(claim.id),
        state: Set(ClaimState::Open),
        tries_left: Set(left.max(0)),
        may_answer_at: Set(Some(tx.now().plus(COOL_DOWN))),
        expires_at: Set(tx.now().plus(EXPIRES_AFTER)),
        ..Default::default()
    };
    claim::Entity::update(row).exec(tx).await?;
    scam_patterns::note_refusal(tx, claim).await?;
    if 0 < left {
        return Ok("claim_refused");
    }
    end(tx, claim.id, ClaimState::Rejected, Some(member)).await?;
    Ok("claim_rejected")
}

/// Ends a claim.
pub(super) async fn end(tx: &Tx, id: ClaimId, state: ClaimState, decided_by: Option<MemberId>) -> Result<()> {
    let row = claim::ActiveModel {
        id: Set(id),
        state: Set(state),
        may_answer_at: Set(None),
        decided_by: Set(decided_by),
        decided_at: Set(Some(tx.now())),
        ..Default::default()
    };
    claim::Entity::update(row).exec(tx).await?;
    Ok(())
}
