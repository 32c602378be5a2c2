//! Which exact places an accepted claim opens.

use std::collections::HashSet;

use entity::{
    claim,
    id::{MatchId, MemberId, PetId},
    pet,
    vocabulary::{ClaimState, MatchState},
};
use sea_orm::{ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter};

use crate::{
    domain::{
        matching, pets,
        staff::{Membership, memberships_of},
    },
    kernel::{Result, Viewer},
};

/// The subset of these reports whose exact place the member may see because a claim was accepted: both reports of the
/// claim's match, to the reporters of the two and the staff of their shelters, as long as nobody dismisses the match.
pub async fn revealed_to(db: &impl ConnectionTrait, member: MemberId, pet_ids: &[PetId]) -> Result<HashSet<PetId>> {
    let of_these = Condition::any()
        .add(claim::COLUMN.claimant_pet_id.is_in(pet_ids.iter().copied()))
        .add(claim::COLUMN.judged_pet_id.is_in(pet_ids.iter().copied()));
    let accepted = claim::Entity::find()
        .filter(claim::COLUMN.state.eq(ClaimState::Accepted))
        .filter(of_these)
        .all(db)
        .await?;
    if accepted.is_empty() {
        return Ok(HashSet::new());
    }
    let matches: Vec<MatchId> = accepted.iter().map(|claim| claim.match_id).collect();
    let mut pairs = matching::with_ids(db, &matches).await?;
    pairs.retain(|found| found.state != MatchState::Dismissed);
    let ids: Vec<PetId> = pairs.iter().flat_map(|found| [found.lost_id, found.other_id]).collect();
    let mut own = pets::find_many(db, &Viewer::System, &ids).await?;
    let memberships = memberships_of(db, member).await?;
    own.retain(|pet| speaks_for(member, &memberships, pet));
    let is_own = |id: PetId| own.iter().any(|pet| pet.id == id);
    let opened = pairs
        .iter()
        .filter(|found| is_own(found.lost_id) || is_own(found.other_id));
    let opened = opened.flat_map(|found| [found.lost_id, found.other_id]);
    Ok(opened.filter(|id| pet_ids.contains(id)).collect())
}

fn speaks_for(member: MemberId, memberships: &[Membership], pet: &pet::Model) -> bool {
    let works_there = |shelter| memberships.iter().any(|membership| membership.shelter_id == shelter);
    pet.reporter_id == Some(member) || pet.shelter_id.is_some_and(works_there)
}
