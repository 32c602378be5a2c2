//! Job: scores reports against their counterparts.

use std::collections::HashMap;

use entity::{
    id::{MatchId, PetId},
    pet, pet_match,
    vocabulary::{MatchBand, MatchState, PetKind, PetStatus},
};
use sea_orm::{ActiveValue::Set, EntityTrait, sea_query::OnConflict};

use super::{
    candidates,
    score::{Scored, score},
    store,
    subject::subject,
};
use crate::{
    deps::{Deps, Tx},
    domain::pets,
    events::Event,
    kernel::{Error, Result, Viewer},
};

/// Batches of at least that many reports look for lost ones together.
const TOGETHER: usize = 20;
/// Weak matches of one report that are kept: enough to look through, too few to drown in.
const WEAK_KEPT: usize = 20;
/// Matches of one report that are kept in all.
const KEPT: usize = 200;

/// A pair with its score now.
struct Pair {
    lost_id: PetId,
    other_id: PetId,
    scored: Scored,
}

/// Scores reports against their open counterparts and keeps what is worth keeping. Running it twice changes nothing.
pub async fn find_matches(deps: &Deps, pet_ids: &[PetId]) -> Result<()> {
    let reports = pets::find_many(deps.db.read(), &Viewer::System, pet_ids).await?;
    let open: Vec<pet::Model> = reports.into_iter().filter(is_open).collect();
    let (lost, others): (Vec<_>, Vec<_>) = open.into_iter().partition(|pet| pet.kind == PetKind::Lost);
    if TOGETHER <= others.len()
        && let Some(near) = candidates::lost_around_all(deps.db.read(), &others).await?
    {
        for pet in others.iter().filter(|_| !near.is_empty()) {
            keep(deps, pet, &near).await?;
        }
    } else {
        for pet in &others {
            keep(deps, pet, &candidates::around(deps.db.read(), pet).await?).await?;
        }
    }
    for pet in &lost {
        keep(deps, pet, &candidates::around(deps.db.read(), pet).await?).await?;
    }
    Ok(())
}

fn is_open(pet: &pet::Model) -> bool {
    matches!(pet.status, PetStatus::Open | PetStatus::Matched)
}

/// Scores one report against candidates, and what was a match of it before anew.
async fn keep(deps: &Deps, pet: &pet::Model, candidates: &[pet::Model]) -> Result<()> {
    let mut pairs = best(candidates.iter().filter_map(|candidate| pair(pet, candidate)).collect());
    let known = store::of_pet(deps.db.read(), pet.id).await?;
    for before in &known {
        if !pairs
            .iter()
            .any(|pair| (pair.lost_id, pair.other_id) == (before.lost_id, before.other_id))
        {
            let sides = store::sides(deps.db.read(), before).await?;
            let counterpart = sides.iter().find(|side| side.id != pet.id);
            pairs.push(
                counterpart
                    .and_then(|other| pair(pet, other))
                    .unwrap_or_else(|| nothing(before)),
            );
        }
    }
    if pairs.is_empty() {
        return Ok(());
    }
    deps.write(async |tx| {
        // The present rows, by pair; of two jobs with the same pair the second sees what the first has written.
        let known = store::of_pet(tx, pet.id).await?;
        let known: HashMap<_, _> = known.iter().map(|row| ((row.lost_id, row.other_id), row)).collect();
        for pair in &pairs {
            match known.get(&(pair.lost_id, pair.other_id)) {
                Some(before) => renew(tx, before, pair).await?,
                None => insert(deps, tx, pair).await?,
            }
        }
        Ok(())
    })
    .await
}

fn pair(one: &pet::Model, two: &pet::Model) -> Option<Pair> {
    let (lost, other) = if one.kind == PetKind::Lost {
        (one, two)
    } else {
        (two, one)
    };
    if lost.kind != PetKind::Lost || other.kind == PetKind::Lost {
        return None;
    }
    let scored = score(&subject(lost), &subject(other))?;
    Some(Pair {
        lost_id: lost.id,
        other_id: other.id,
        scored,
    })
}

/// What is left of a pair that is none any more.
fn nothing(before: &pet_match::Model) -> Pair {
    let scored = Scored {
        band: MatchBand::Weak,
        score: 0.0,
        factors: Vec::new(),
    };
    Pair {
        lost_id: before.lost_id,
        other_id: before.other_id,
        scored,
    }
}

fn best(mut pairs: Vec<Pair>) -> Vec<Pair> {
    pairs.sort_by(|one, two| {
        two.scored
            .score
            .total_cmp(&one.scored.score)
            .then(one.other_id.cmp(&two.other_id))
    });
    let mut weak = 0;
    pairs.retain(|pair| {
        weak += usize::from(pair.scored.band == MatchBand::Weak);
        MatchBand::Weak < pair.scored.band || weak <= WEAK_KEPT
    });
    pairs.truncate(KEPT);
    pairs
}

async fn insert(deps: &Deps, tx: &Tx, pair: &Pair) -> Result<()> {
    let id = MatchId(deps.ids.uuid(tx.now()));
    let row = pet_match::ActiveModel {
        id: Set(id),
        lost_id: Set(pair.lost_id),
        other_id: Set(pair.other_id),
        band: Set(pair.scored.band),
        score: Set(pair.scored.score),
        factors: Set(serde_json::to_string(&pair.scored.factors).map_err(Error::internal)?),
        state: Set(MatchState::New),
        decided_by: Set(None),
        lost_confirmed_by: Set(None),
        other_confirmed_by: Set(None),
        reason: Set(None),
        created_at: Set(tx.now()),
        updated_at: Set(tx.now()),
    };
    let conflict = OnConflict::columns([pet_match::Column::LostId, pet_match::Column::OtherId])
        .do_nothing()
        .to_owned();
    let inserted = pet_match::Entity::insert(row)
        .on_conflict(conflict)
        .exec_without_returning(tx)
        .await?;
    if inserted == 1 && MatchBand::Possible <= pair.scored.band {
        tx.announce(Event::MatchFound { match_id: id });
    }
    Ok(())
}

async fn renew(tx: &Tx, before: &pet_match::Model, pair: &Pair) -> Result<()> {
    let factors = serde_json::to_string(&pair.scored.factors).map_err(Error::internal)?;
    if before.factors == factors && before.band == pair.scored.band {
        return Ok(());
    }
    let row = pet_match::ActiveModel {
        id: Set(before.id),
        band: Set(pair.scored.band),
        score: Set(pair.scored.score),
        factors: Set(factors),
        updated_at: Set(tx.now()),
        ..Default::default()
    };
    pet_match::Entity::update(row).exec(tx).await?;
    let is_news = before.band < pair.scored.band && MatchBand::Possible <= pair.scored.band;
    if is_news && before.state == MatchState::New {
        tx.announce(Event::MatchFound { match_id: before.id });
    }
    Ok(())
}
