//! Notices what is typical of people who claim other people's animals. A flag is for the moderators: nothing is refused
//! because of it.

use std::{collections::HashSet, time::Duration};

use entity::{
    claim, claim_try,
    id::{MemberId, PetId},
    vocabulary::ScamPattern,
};
use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter, QuerySelect, QueryTrait};

use crate::{deps::Tx, domain::safety::flag_member, kernel::Result};

const DAY: Duration = Duration::from_secs(24 * 60 * 60);
/// Animals claimed by one member within a day. An owner has two or three plausible matches at a time, and rarely claims
/// more than one of them.
const MANY_ANIMALS: usize = 3;
/// Refused tries of one member within a day: more than one honest claim can have.
const MANY_REFUSALS: u64 = 5;
/// For how long two accounts on one network that claim the same animal look like one person.
const SECOND_ACCOUNT_WITHIN: Duration = Duration::from_secs(30 * 24 * 60 * 60);

/// Notices many animals claimed by one member, and an animal claimed by several accounts of one network.
pub(super) async fn note_opening(tx: &Tx, claim: &claim::Model) -> Result<()> {
    let claimed = claim::Entity::find()
        .select_only()
        .column(claim::Column::JudgedPetId)
        .filter(claim::COLUMN.claimant_id.eq(claim.claimant_id))
        .filter(claim::COLUMN.created_at.gt(tx.now().minus(DAY)));
    let animals: Vec<PetId> = claimed.into_tuple().all(tx).await?;
    if MANY_ANIMALS <= animals.into_iter().collect::<HashSet<_>>().len() {
        flag_member(tx, claim.claimant_id, ScamPattern::ManyClaims, claim.id).await?;
    }
    let same_network = claim::Entity::find()
        .filter(claim::COLUMN.judged_pet_id.eq(claim.judged_pet_id))
        .filter(claim::COLUMN.claimant_id.ne(claim.claimant_id))
        .filter(claim::COLUMN.opened_from.eq(claim.opened_from.as_str()))
        .filter(claim::COLUMN.created_at.gt(tx.now().minus(SECOND_ACCOUNT_WITHIN)));
    if 0 < same_network.count(tx).await? {
        flag_member(tx, claim.claimant_id, ScamPattern::SecondAccount, claim.id).await?;
    }
    Ok(())
}

/// Notices many refused tries of one member, in whatever claims.
pub(super) async fn note_refusal(tx: &Tx, claim: &claim::Model) -> Result<()> {
    let own = claim::Entity::find()
        .select_only()
        .column(claim::Column::Id)
        .filter(claim::COLUMN.claimant_id.eq(claim.claimant_id))
        .into_query();
    let refused = claim_try::Entity::find()
        .filter(claim_try::Column::ClaimId.in_subquery(own))
        .filter(claim_try::COLUMN.refused_at.gt(tx.now().minus(DAY)));
    if MANY_REFUSALS <= refused.count(tx).await? {
        flag_member(tx, claim.claimant_id, ScamPattern::Guessing, claim.id).await?;
    }
    Ok(())
}

/// Notices a photo from another member's report.
pub(super) async fn note_copied_photo(tx: &Tx, claim: &claim::Model, member: MemberId) -> Result<()> {
    flag_member(tx, member, ScamPattern::CopiedPhoto, claim.id).await
}
