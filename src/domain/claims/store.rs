//! All queries for claims. Those for a viewer go through [`seen`].

use std::collections::HashMap;

use entity::{
    Timestamp, claim, claim_try,
    id::{ClaimId, MatchId, MemberId, PetId, PhotoId},
    pet,
    vocabulary::ClaimState,
};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect,
    QueryTrait, Select,
    sea_query::{Expr, SelectStatement},
};

use super::model::{ACTIVE, Part, SeenClaim};
use crate::{
    deps::{Direction, Keyset, Tx},
    domain::{
        pets,
        staff::{Actor, shelters_of},
    },
    kernel::{
        Error, Result, Viewer,
        page::{KeyValue, Page, Slice},
    },
};

/// The claims among these that the viewer may know of, with what they need: those whose two reports the viewer sees,
/// and of which the viewer speaks for one, or moderates.
async fn seen(db: &impl ConnectionTrait, actor: &Actor, claims: Vec<claim::Model>) -> Result<Vec<SeenClaim>> {
    if claims.is_empty() {
        return Ok(Vec::new());
    }
    let pet_ids: Vec<PetId> = claims
        .iter()
        .flat_map(|claim| [claim.claimant_pet_id, claim.judged_pet_id])
        .collect();
    let pets = pets::find_many(db, &actor.viewer, &pet_ids).await?;
    let pets: HashMap<PetId, pet::Model> = pets.into_iter().map(|pet| (pet.id, pet)).collect();
    let mut tries = last_tries(db, &claims).await?;
    let seen = claims.into_iter().filter_map(|claim| {
        let (claimant_pet, judged_pet) = (pets.get(&claim.claimant_pet_id)?, pets.get(&claim.judged_pet_id)?);
        Some(SeenClaim {
            part: Part::of(actor, claimant_pet, judged_pet)?,
            last: tries.remove(&claim.id),
            claimant_pet: claimant_pet.clone(),
            judged_pet: judged_pet.clone(),
            claim,
        })
    });
    Ok(seen.collect())
}

/// The latest answers in each of these claims.
async fn last_tries(db: &impl ConnectionTrait, claims: &[claim::Model]) -> Result<HashMap<ClaimId, claim_try::Model>> {
    let answered = claims.iter().filter(|claim| 0 < claim.tries);
    let ids: Vec<ClaimId> = answered.map(|claim| claim.id).collect();
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let tries = claim_try::Entity::find()
        .filter(claim_try::COLUMN.claim_id.is_in(ids))
        .order_by_asc(claim_try::Column::Number);
    let tries = tries.all(db).await?.into_iter();
    Ok(tries.map(|row| (row.claim_id, row)).collect())
}

/// A claim that the viewer may know of.
pub async fn find(db: &impl ConnectionTrait, actor: &Actor, id: ClaimId) -> Result<SeenClaim> {
    let claim = with_id(db, id).await?;
    seen(db, actor, vec![claim])
        .await?
        .pop()
        .ok_or(Error::NotFound("claim"))
}

/// The same, locked until the transaction ends where the database locks rows.
pub(super) async fn find_for_update(tx: &Tx, actor: &Actor, id: ClaimId) -> Result<SeenClaim> {
    let claim = claim::Entity::find_by_id(id).lock_exclusive().one(tx).await?;
    let claim = claim.ok_or(Error::NotFound("claim"))?;
    seen(tx, actor, vec![claim])
        .await?
        .pop()
        .ok_or(Error::NotFound("claim"))
}

/// A claim without an access check, for the server's own work.
pub async fn with_id(db: &impl ConnectionTrait, id: ClaimId) -> Result<claim::Model> {
    let found = claim::Entity::find_by_id(id).one(db).await?;
    found.ok_or(Error::NotFound("claim"))
}

/// The latest answers in a claim, for the server's own work.
pub async fn last_try(db: &impl ConnectionTrait, claim: &claim::Model) -> Result<Option<claim_try::Model>> {
    Ok(last_tries(db, std::slice::from_ref(claim)).await?.remove(&claim.id))
}

/// The claim of each of these matches, as far as the viewer may know of it: the one that is open, answered or accepted,
/// or else the latest.
pub async fn of_matches(
    db: &impl ConnectionTrait,
    actor: &Actor,
    ids: &[MatchId],
) -> Result<HashMap<MatchId, SeenClaim>> {
    let all = claim::Entity::find()
        .filter(claim::COLUMN.match_id.is_in(ids.iter().copied()))
        .order_by_asc(claim::Column::Id)
        .all(db)
        .await?;
    let mut latest: HashMap<MatchId, claim::Model> = HashMap::new();
    for claim in all {
        let is_active = |claim: &claim::Model| ACTIVE.contains(&claim.state);
        if !latest.get(&claim.match_id).is_some_and(is_active) {
            latest.insert(claim.match_id, claim);
        }
    }
    let seen = seen(db, actor, latest.into_values().collect()).await?;
    Ok(seen.into_iter().map(|seen| (seen.claim.match_id, seen)).collect())
}

/// The claims of a member's side and those to judge, latest first.
pub async fn of_viewer(db: &impl ConnectionTrait, actor: &Actor, page: &Page) -> Result<Slice<SeenClaim>> {
    let keyset = Keyset {
        list: "claims",
        columns: [claim::Column::CreatedAt, claim::Column::Id]
            .map(|column| Expr::col((claim::Entity, column)))
            .to_vec(),
        direction: Direction::Descending,
    };
    let key = |claim: &claim::Model| vec![KeyValue::Int(claim.created_at.0), KeyValue::Id(claim.id.0)];
    let slice = keyset.page(db, select_own(&actor.viewer)?, page, key).await?;
    let claims = slice.items.iter().map(|(_, claim)| claim.clone()).collect();
    let mut seen: HashMap<ClaimId, SeenClaim> = seen(db, actor, claims)
        .await?
        .into_iter()
        .map(|seen| (seen.claim.id, seen))
        .collect();
    let items = slice.items.into_iter();
    let items = items.filter_map(|(cursor, claim)| Some((cursor, seen.remove(&claim.id)?)));
    Ok(Slice {
        items: items.collect(),
        has_next: slice.has_next,
        has_previous: slice.has_previous,
    })
}

/// Number of these claims.
pub async fn count_of_viewer(db: &impl ConnectionTrait, viewer: &Viewer) -> Result<u64> {
    Ok(select_own(viewer)?.count(db).await?)
}

/// The claims with a report that the member speaks for, and without one that is hidden from them.
fn select_own(viewer: &Viewer) -> Result<Select<claim::Entity>> {
    let member = viewer.require_member()?;
    let own = || -> SelectStatement {
        let mine = Condition::any()
            .add(pet::COLUMN.reporter_id.eq(member))
            .add(pet::Column::ShelterId.in_subquery(shelters_of(member)));
        pets::visible_to(viewer)
            .select_only()
            .column(pet::Column::Id)
            .filter(mine)
            .into_query()
    };
    let either = Condition::any()
        .add(claim::Column::ClaimantPetId.in_subquery(own()))
        .add(claim::Column::JudgedPetId.in_subquery(own()));
    let is_visible = |column: claim::Column| pets::names_visible(viewer, Expr::col((claim::Entity, column)));
    Ok(claim::Entity::find()
        .filter(either)
        .filter(is_visible(claim::Column::ClaimantPetId))
        .filter(is_visible(claim::Column::JudgedPetId)))
}

/// The claim that keeps others off a match, if there is one.
pub(super) async fn active_of(tx: &Tx, id: MatchId) -> Result<Option<claim::Model>> {
    let active = claim::Entity::find()
        .filter(claim::COLUMN.match_id.eq(id))
        .filter(claim::COLUMN.state.is_in(ACTIVE));
    Ok(active.one(tx).await?)
}

/// Who claims an animal.
#[derive(Clone, Copy)]
pub(super) struct Claimant {
    /// The people of this report.
    pub pet_id: PetId,
    /// This member, with any report of theirs.
    pub member_id: Option<MemberId>,
    /// The report of the animal that is claimed.
    pub judged_pet_id: PetId,
}

/// Whether a claim on this match was accepted.
pub async fn is_accepted(tx: &Tx, id: MatchId) -> Result<bool> {
    let active = active_of(tx, id).await?;
    Ok(active.is_some_and(|claim| claim.state == ClaimState::Accepted))
}

/// The claims that this claimant has opened on the animal.
fn of_claimant(claimant: Claimant) -> Select<claim::Entity> {
    let of_member = claimant.member_id.map(|id| claim::COLUMN.claimant_id.eq(id));
    let is_theirs = Condition::any()
        .add(claim::COLUMN.claimant_pet_id.eq(claimant.pet_id))
        .add_option(of_member);
    claim::Entity::find()
        .filter(claim::COLUMN.judged_pet_id.eq(claimant.judged_pet_id))
        .filter(is_theirs)
}

/// A claim of this claimant on the animal that is not decided yet. Once the animal's report is locked, no other comes.
pub(super) async fn undecided(tx: &Tx, claimant: Claimant) -> Result<Option<claim::Model>> {
    let undecided = of_claimant(claimant).filter(claim::COLUMN.state.is_in([ClaimState::Open, ClaimState::Answered]));
    Ok(undecided.one(tx).await?)
}

/// When the people of the animal's report have last rejected this claimant, after `since`.
pub(super) async fn last_rejection(tx: &Tx, claimant: Claimant, since: Timestamp) -> Result<Option<Timestamp>> {
    let rejected = of_claimant(claimant)
        .filter(claim::COLUMN.state.eq(ClaimState::Rejected))
        .filter(claim::COLUMN.decided_at.gt(since))
        .order_by_desc(claim::Column::DecidedAt);
    Ok(rejected.one(tx).await?.and_then(|claim| claim.decided_at))
}

/// When tries of this claimant were refused after `since`, latest first.
pub(super) async fn refusals(tx: &Tx, claimant: Claimant, since: Timestamp) -> Result<Vec<Timestamp>> {
    let claims = of_claimant(claimant)
        .select_only()
        .column(claim::Column::Id)
        .into_query();
    let refused = claim_try::Entity::find()
        .filter(claim_try::Column::ClaimId.in_subquery(claims))
        .filter(claim_try::COLUMN.refused_at.gt(since))
        .order_by_desc(claim_try::Column::RefusedAt);
    Ok(refused
        .all(tx)
        .await?
        .into_iter()
        .filter_map(|row| row.refused_at)
        .collect())
}

/// Whether a picture was sent in another claim.
pub(super) async fn is_used_elsewhere(tx: &Tx, photo: PhotoId, claim: ClaimId) -> Result<bool> {
    let is_it = Condition::any()
        .add(claim_try::COLUMN.photo_id.eq(photo))
        .add(claim_try::COLUMN.document_id.eq(photo));
    let others = claim_try::Entity::find()
        .filter(is_it)
        .filter(claim_try::COLUMN.claim_id.ne(claim));
    Ok(0 < others.count(tx).await?)
}
