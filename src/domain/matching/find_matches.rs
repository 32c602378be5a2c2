//! Job: scores reports against their counterparts.

use std::collections::HashMap;

use entity::{
    id::{MatchId, PetId},
    pet_match,
    vocabulary::{MatchBand, MatchState, PetKind},
};
use match_score::{POSSIBLE, Scored, Subject, score};
use pet_index::LivePetIndex;
use sea_orm::{ActiveValue::Set, EntityTrait, sea_query::OnConflict};

use super::{
    candidates::{self, Prospect},
    store,
};
use crate::{
    deps::{Deps, Tx},
    events::MatchEvent,
    kernel::Result,
};

/// Batches of at least this many reports search for lost reports together.
const TOGETHER: usize = 20;
/// Number of reports written in one transaction, small enough not to make others wait.
const WRITTEN_TOGETHER: usize = 16;
/// Maximum number of rows in one insert; the databases accept about 30,000 bound values.
const INSERTED_AT_ONCE: usize = 500;
/// Number of weak matches kept per report: enough to browse, but not an overwhelming number.
const WEAK_KEPT: usize = 20;
/// Number of rows read at once.
const READ_AT_ONCE: usize = 64;
/// Maximum number of matches kept per report.
const KEPT: usize = 200;

/// A pair with its current score.
struct Pair {
    lost_id: PetId,
    other_id: PetId,
    scored: Scored,
}

impl Pair {
    fn sides(&self) -> (PetId, PetId) {
        (self.lost_id, self.other_id)
    }
}

/// Scores reports against their open counterparts and stores the matches worth keeping. Idempotent.
pub async fn find_matches(deps: &Deps, pet_ids: &[PetId]) -> Result<()> {
    // If two reports arrive at once on two nodes, each is a counterpart of the other. Whichever is processed second has
    // to find the first, so the index in memory must be up to date with the log.
    deps.read_model::<LivePetIndex>().catch_up(deps).await?;
    let mut open: Vec<Subject> = Vec::with_capacity(pet_ids.len());
    for ids in pet_ids.chunks(READ_AT_ONCE) {
        open.extend(candidates::open(deps.db.read(), ids).await?);
    }
    let others: Vec<Subject> = open.iter().filter(|own| own.kind != PetKind::Lost).cloned().collect();
    let lost = match TOGETHER <= others.len() {
        true => candidates::lost_around_all(deps, &others).await?,
        false => None,
    };
    for batch in open.chunks(WRITTEN_TOGETHER) {
        let ids: Vec<PetId> = batch.iter().map(|own| PetId(own.id)).collect();
        let mut known = store::of_pets(deps.db.read(), &ids).await?;
        let mut found = Vec::new();
        for own in batch {
            let prospects = match &lost {
                Some(lost) if own.kind != PetKind::Lost => candidates::among(own, lost),
                _ => candidates::around(deps, own).await?,
            };
            let known = known.remove(&PetId(own.id)).unwrap_or_default();
            found.extend(news(deps, own, &prospects, &known).await?);
        }
        keep(deps, batch, found).await?;
    }
    Ok(())
}

/// Scores one report against the best of its candidates, and its earlier matches again. Returns only what has changed.
async fn news(deps: &Deps, own: &Subject, prospects: &[Prospect], known: &[pet_match::Model]) -> Result<Vec<Pair>> {
    let mut pairs = best_of(deps, own, prospects).await?;
    let mut before = again(deps, own, &pairs, known).await?;
    pairs.append(&mut before);
    let is_news = |pair: &Pair| {
        let before = known.iter().find(|row| (row.lost_id, row.other_id) == pair.sides());
        before.is_none_or(|before| differs(before, pair))
    };
    Ok(if pairs.iter().any(is_news) { pairs } else { Vec::new() })
}

/// Stores the results for these reports, each pair once.
async fn keep(deps: &Deps, reports: &[Subject], mut pairs: Vec<Pair>) -> Result<()> {
    if pairs.is_empty() {
        return Ok(());
    }
    pairs.sort_by_key(Pair::sides);
    pairs.dedup_by_key(|pair| pair.sides());
    let ids: Vec<PetId> = reports.iter().map(|own| PetId(own.id)).collect();
    deps.write(async |tx| {
        // The current rows by pair. If two jobs have the same pair, the second sees what the first has written.
        let known = store::of_pets(tx, &ids).await?;
        let known = known.values().flatten().map(|row| ((row.lost_id, row.other_id), row));
        let known: HashMap<_, _> = known.collect();
        let mut new = Vec::new();
        for pair in &pairs {
            match known.get(&pair.sides()) {
                Some(before) => renew(tx, before, pair).await?,
                None => new.push(pair),
            }
        }
        for new in new.chunks(INSERTED_AT_ONCE) {
            insert(deps, tx, new).await?;
        }
        Ok(())
    })
    .await
}

/// The pairs worth keeping: all with the same chip, and the best of the others. Rows are read as long as the remaining
/// candidates could be among the best.
async fn best_of(deps: &Deps, own: &Subject, prospects: &[Prospect]) -> Result<Vec<Pair>> {
    let chipped = candidates::of_same_chip(deps.db.read(), own).await?;
    let mut pairs: Vec<Pair> = chipped.iter().filter_map(|other| pair(own, other)).collect();
    for prospects in prospects.chunks(READ_AT_ONCE) {
        if prospects.first().is_some_and(|best| is_settled(&pairs, best.at_most)) {
            break;
        }
        let ids = prospects.iter().map(|prospect| prospect.id);
        let ids: Vec<PetId> = ids.filter(|id| chipped.iter().all(|other| other.id != id.0)).collect();
        let counterparts = candidates::open(deps.db.read(), &ids).await?;
        pairs.extend(counterparts.iter().filter_map(|other| pair(own, other)));
        pairs = best(pairs);
    }
    Ok(best(pairs))
}

/// Whether no pair with a score of at most `at_most` would be kept besides these.
fn is_settled(best: &[Pair], at_most: f64) -> bool {
    let weak = best.iter().filter(|pair| pair.scored.band == MatchBand::Weak).count();
    let is_full = best.len() == KEPT || (weak == WEAK_KEPT && at_most < POSSIBLE);
    is_full && best.last().is_some_and(|last| at_most <= last.scored.score)
}

/// Stored matches that are no longer among the best, with a new score.
async fn again(deps: &Deps, own: &Subject, pairs: &[Pair], known: &[pet_match::Model]) -> Result<Vec<Pair>> {
    let is_among = |row: &&pet_match::Model| pairs.iter().any(|pair| pair.sides() == (row.lost_id, row.other_id));
    let left: Vec<&pet_match::Model> = known.iter().filter(|row| !is_among(row)).collect();
    let counterpart = |row: &pet_match::Model| match row.lost_id.0 == own.id {
        true => row.other_id,
        false => row.lost_id,
    };
    let ids: Vec<PetId> = left.iter().map(|row| counterpart(row)).collect();
    let others = candidates::any(deps.db.read(), &ids).await?;
    let scored = left.into_iter().map(|row| {
        let other = others.iter().find(|other| other.id == counterpart(row).0);
        other.and_then(|other| pair(own, other)).unwrap_or_else(|| nothing(row))
    });
    Ok(scored.collect())
}

fn pair(one: &Subject, two: &Subject) -> Option<Pair> {
    let (lost, other) = match one.kind {
        PetKind::Lost => (one, two),
        _ => (two, one),
    };
    let scored = score(lost, other)?;
    Some(Pair {
        lost_id: PetId(lost.id),
        other_id: PetId(other.id),
        scored,
    })
}

/// A pair that is no longer a match.
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

async fn insert(deps: &Deps, tx: &Tx, pairs: &[&Pair]) -> Result<()> {
    let row = |pair: &&Pair| {
        Ok(pet_match::ActiveModel {
            id: Set(MatchId(deps.ids.uuid(tx.now()))),
            lost_id: Set(pair.lost_id),
            other_id: Set(pair.other_id),
            band: Set(pair.scored.band),
            score: Set(pair.scored.score),
            factors: Set(serde_json::to_string(&pair.scored.factors)?),
            state: Set(MatchState::New),
            decided_by: Set(None),
            lost_confirmed_by: Set(None),
            other_confirmed_by: Set(None),
            reason: Set(None),
            created_at: Set(tx.now()),
            updated_at: Set(tx.now()),
        })
    };
    let conflict = OnConflict::columns([pet_match::Column::LostId, pet_match::Column::OtherId])
        .do_nothing()
        .to_owned();
    let inserted = pet_match::Entity::insert_many(pairs.iter().map(row).collect::<Result<Vec<_>>>()?)
        .on_conflict(conflict)
        .exec_with_returning(tx)
        .await?;
    for found in inserted.iter().filter(|found| MatchBand::Possible <= found.band) {
        tx.announce(MatchEvent::MatchFound { match_id: found.id });
    }
    Ok(())
}

/// Whether a pair differs from its stored row.
fn differs(before: &pet_match::Model, pair: &Pair) -> bool {
    let factors = serde_json::to_string(&pair.scored.factors);
    before.band != pair.scored.band || factors.ok().as_deref() != Some(before.factors.as_str())
}

async fn renew(tx: &Tx, before: &pet_match::Model, pair: &Pair) -> Result<()> {
    if !differs(before, pair) {
        return Ok(());
    }
    let factors = serde_json::to_string(&pair.scored.factors)?;
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
        tx.announce(MatchEvent::MatchFound { match_id: before.id });
    }
    Ok(())
}
