//! Gives a claim up.

use entity::{id::ClaimId, vocabulary::ClaimState};

use super::{
    judge_claim::end,
    model::{Part, SeenClaim, ended},
    store,
};
use crate::{
    deps::Deps,
    domain::staff::Actor,
    events::ClaimEvent,
    kernel::{AtField, Error, Result, Viewer},
};

/// Gives up a claim of the viewer's side that is not decided. The other side no longer sees what was sent. Refused tries
/// still count. Twice is once.
pub async fn withdraw_claim(deps: &Deps, viewer: &Viewer, id: ClaimId) -> Result<SeenClaim> {
    let member = viewer.require_member()?;
    deps.write(async |tx| {
        let actor = Actor::of(tx, viewer).await?;
        let seen = store::find_for_update(tx, &actor, id).await.at("id")?;
        if seen.part != Part::Claimant {
            return Err(Error::Forbidden(
                "only the side that opened a claim can withdraw it".into(),
            ));
        }
        match seen.claim.state {
            ClaimState::Open | ClaimState::Answered => {}
            ClaimState::Withdrawn => return Ok(seen),
            state => return Err(ended(state)),
        }
        end(tx, id, ClaimState::Withdrawn, Some(member)).await?;
        tx.announce(ClaimEvent::ClaimJudged { claim_id: id });
        store::find(tx, &actor, id).await
    })
    .await
}
