//! What keeps an animal from being adopted: its hold, and people who may be looking for it.
//!
//! A match of its report that is at least STRONG and that nobody has dismissed says that its owner may have been found; a
//! claim that stands says that somebody is about to prove it. Both count while the other report is open and everybody may
//! see it: what staff cannot look at, they could not clear up.
//!
//! Matches and claims belong to features above this one. Whoever opens, scores anew, dismisses or ends one has locked its
//! two reports, so what is read here under the lock of the report stays true until the transaction ends. Only a band also
//! changes without that lock, when a rival comes or goes; that is why those rows are locked as well.

use std::collections::{BTreeSet, HashMap, HashSet};

use entity::{
    Timestamp, claim,
    id::{ClaimId, MatchId, PetId, ShelterAnimalId, StayId},
    pet, pet_match, stay,
    vocabulary::{ClaimState, MatchBand, MatchState, StayOutcome},
};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Select,
    sea_query::{Expr, LockType},
};

use crate::{
    deps::Tx,
    domain::{
        custody::{holds::refuse_held, model::is_over, store},
        pets,
    },
    kernel::{Result, Viewer},
};

/// Something that keeps an animal from being adopted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AdoptionBlock {
    /// What it is.
    pub cause: BlockCause,
    /// Why, and what to do, in a sentence.
    pub message: String,
}

/// What keeps an animal from being adopted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BlockCause {
    /// It is kept for its owner until then; the earliest end if that is open.
    Hold(Option<Timestamp>),
    /// Somebody has claimed it.
    Claim(ClaimId),
    /// Somebody may be looking for it.
    Match(MatchId),
}

/// An open match, the report of the animal in care, the lost one, and the band.
type OpenMatch = (MatchId, PetId, PetId, MatchBand);

/// Somebody who may look for an animal: by a match, perhaps with a claim.
type Looking = (Option<ClaimId>, MatchId);

/// A claim that stands, with its match and the two reports.
type Standing = (ClaimId, MatchId, PetId, PetId);

/// What keeps these animals from being adopted now; those with nothing are left out.
pub async fn adoption_blocks(
    db: &impl ConnectionTrait,
    stays: &[stay::Model],
    now: Timestamp,
) -> Result<HashMap<StayId, Vec<AdoptionBlock>>> {
    let reports = reports_of(stays);
    let matches: Vec<OpenMatch> = open_matches(&reports).into_tuple().all(db).await?;
    let people = looked_for(db, &reports, matches, now).await?;
    blocks(db, stays, people, now).await
}

/// Why these animals may not be given away like this; those that may are left out. The caller has locked their reports and
/// stays. Whoever gives an animal back to its owner is never refused, nor is what files tell, since that has happened.
pub async fn refusals(tx: &Tx, stays: &[stay::Model], outcome: StayOutcome) -> Result<HashMap<StayId, String>> {
    if outcome != StayOutcome::Adopted {
        let held = stays
            .iter()
            .filter_map(|stay| Some((stay.id, refuse_held(stay, outcome, tx.now())?)));
        return Ok(held.collect());
    }
    let reports = reports_of(stays);
    let locked = open_matches(&reports).lock(LockType::Share);
    let matches: Vec<OpenMatch> = locked.into_tuple().all(tx).await?;
    let people = looked_for(tx, &reports, matches, tx.now()).await?;
    let blocks = blocks(tx, stays, people, tx.now()).await?;
    let first = |(id, blocks): (StayId, Vec<AdoptionBlock>)| Some((id, blocks.into_iter().next()?.message));
    Ok(blocks.into_iter().filter_map(first).collect())
}

/// The reports of those of the stays that have not ended.
fn reports_of(stays: &[stay::Model]) -> Vec<PetId> {
    let present = stays.iter().filter(|stay| !is_over(stay));
    present.filter_map(|stay| stay.pet_id).collect()
}

/// The open matches of these reports that may be STRONG, which are among those that compete; an index has just these. In
/// the order in which bands are written, so that nobody waits for somebody who waits.
fn open_matches(reports: &[PetId]) -> Select<pet_match::Entity> {
    pet_match::Entity::find()
        .select_only()
        .columns([
            pet_match::Column::Id,
            pet_match::Column::OtherId,
            pet_match::Column::LostId,
            pet_match::Column::Band,
        ])
        .filter(pet_match::COLUMN.other_id.is_in(reports.iter().copied()))
        .filter(Expr::cust("matches.competes"))
        .filter(pet_match::Column::EndedAt.is_null())
        .filter(pet_match::COLUMN.state.ne(MatchState::Dismissed))
        .order_by_asc(pet_match::Column::Id)
}

/// The claims on these reports, or of their people, that are undecided or were accepted, and whose matches go on.
async fn standing_claims(db: &impl ConnectionTrait, reports: &[PetId], now: Timestamp) -> Result<Vec<Standing>> {
    let either = Condition::any()
        .add(claim::COLUMN.claimant_pet_id.is_in(reports.iter().copied()))
        .add(claim::COLUMN.judged_pet_id.is_in(reports.iter().copied()));
    let undecided = Condition::all()
        .add(claim::COLUMN.state.is_in([ClaimState::Open, ClaimState::Answered]))
        .add(claim::COLUMN.expires_at.gt(now));
    let stands = Condition::any()
        .add(claim::COLUMN.state.eq(ClaimState::Accepted))
        .add(undecided);
    let claims = claim::Entity::find()
        .select_only()
        .columns([
            claim::Column::Id,
            claim::Column::MatchId,
            claim::Column::ClaimantPetId,
            claim::Column::JudgedPetId,
        ])
        .filter(either)
        .filter(stands)
        .order_by_asc(claim::Column::Id);
    let mut claims: Vec<Standing> = claims.into_tuple().all(db).await?;
    if claims.is_empty() {
        return Ok(claims);
    }
    let open = pet_match::Entity::find()
        .select_only()
        .column(pet_match::Column::Id)
        .filter(pet_match::COLUMN.id.is_in(claims.iter().map(|(_, id, _, _)| *id)))
        .filter(pet_match::Column::EndedAt.is_null())
        .filter(pet_match::COLUMN.state.ne(MatchState::Dismissed));
    let open: Vec<MatchId> = open.into_tuple().all(db).await?;
    claims.retain(|(_, id, _, _)| open.contains(id));
    Ok(claims)
}

/// Those of these reports that are open and that everybody may see.
async fn sought(db: &impl ConnectionTrait, ids: BTreeSet<PetId>) -> Result<HashSet<PetId>> {
    if ids.is_empty() {
        return Ok(HashSet::new());
    }
    let sought = pets::visible_to(&Viewer::Visitor)
        .select_only()
        .column(pet::Column::Id)
        .filter(pets::live_of_few())
        .filter(pet::COLUMN.id.is_in(ids));
    let sought: Vec<PetId> = sought.into_tuple().all(db).await?;
    Ok(sought.into_iter().collect())
}

/// The people who look for the animals of these reports.
async fn looked_for(
    db: &impl ConnectionTrait,
    reports: &[PetId],
    mut matches: Vec<OpenMatch>,
    now: Timestamp,
) -> Result<HashMap<PetId, Vec<Looking>>> {
    let mut people: HashMap<PetId, Vec<Looking>> = HashMap::new();
    if reports.is_empty() {
        return Ok(people);
    }
    let claims = standing_claims(db, reports, now).await?;
    matches.retain(|(_, _, _, band)| MatchBand::Strong <= *band);
    let others = claims.iter().flat_map(|(_, _, one, two)| [*one, *two]);
    let others = others.chain(matches.iter().map(|(_, _, lost, _)| *lost));
    let sought = sought(db, others.filter(|id| !reports.contains(id)).collect()).await?;
    for (claim, found, one, two) in claims {
        for (own, other) in [(one, two), (two, one)] {
            if reports.contains(&own) && sought.contains(&other) {
                people.entry(own).or_default().push((Some(claim), found));
            }
        }
    }
    for (found, own, lost, _) in matches {
        if sought.contains(&lost) {
            people.entry(own).or_default().push((None, found));
        }
    }
    Ok(people)
}

async fn blocks(
    db: &impl ConnectionTrait,
    stays: &[stay::Model],
    mut people: HashMap<PetId, Vec<Looking>>,
    now: Timestamp,
) -> Result<HashMap<StayId, Vec<AdoptionBlock>>> {
    let names = names_of(db, stays, &people).await?;
    let mut blocks: HashMap<StayId, Vec<AdoptionBlock>> = HashMap::new();
    for stay in stays.iter().filter(|stay| !is_over(stay)) {
        let name = names.get(&stay.animal_id).map_or("the animal", String::as_str);
        let held = refuse_held(stay, StayOutcome::Adopted, now).map(|message| AdoptionBlock {
            cause: BlockCause::Hold(stay.hold_until),
            message,
        });
        let looking = stay.pet_id.and_then(|id| people.remove(&id)).unwrap_or_default();
        let looking = looking.into_iter().map(|(claim, found)| AdoptionBlock {
            cause: claim.map_or(BlockCause::Match(found), BlockCause::Claim),
            message: why(claim, found, name),
        });
        let all: Vec<AdoptionBlock> = held.into_iter().chain(looking).collect();
        if !all.is_empty() {
            blocks.insert(stay.id, all);
        }
    }
    Ok(blocks)
}

/// The names of the animals that somebody looks for, as far as they have one.
async fn names_of(
    db: &impl ConnectionTrait,
    stays: &[stay::Model],
    people: &HashMap<PetId, Vec<Looking>>,
) -> Result<HashMap<ShelterAnimalId, String>> {
    let wanted = |stay: &&stay::Model| stay.pet_id.is_some_and(|id| people.contains_key(&id));
    let stays: Vec<stay::Model> = stays.iter().filter(wanted).cloned().collect();
    if stays.is_empty() {
        return Ok(HashMap::new());
    }
    let animals = store::animals_of_stays(db, &stays).await?;
    let named = animals.into_iter().filter_map(|animal| Some((animal.id, animal.name?)));
    Ok(named.collect())
}

fn why(claim: Option<ClaimId>, found: MatchId, name: &str) -> String {
    match claim {
        Some(claim) => format!(
            "{name} is claimed by somebody (claim {claim}): decide with judgeClaim and give the animal back to its owner, \
             or dismiss the match {found} with dismissMatch if it is another animal"
        ),
        None => format!(
            "{name} may be the pet that somebody is looking for (match {found}): look at the match, and dismiss it with \
             dismissMatch if it is another animal, or give the animal back to its owner"
        ),
    }
}
