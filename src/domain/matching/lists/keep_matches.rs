//! Stores scored pairs: the best of every lost report, and all that somebody was told of or has decided about.

use std::collections::{BTreeMap, BTreeSet};

use entity::{
    id::{MatchId, PetId},
    pet_match,
    vocabulary::{MatchBand, MatchState},
};
use match_score::Scored;
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter,
    sea_query::{Expr, OnConflict},
};

use crate::{
    deps::{Deps, Tx},
    domain::{
        matching::{
            decisions::{NO_FACTORS, refill, release},
            lists::drop_unknown::drop_unknown,
            pair::{Pair, change},
            shelter_bells::{counts, is_counted, tell_shelters},
            standings::{Standing, compute_standings},
            store,
        },
        pets,
    },
    events::MatchEvent,
    kernel::{Result, Viewer},
};

/// Maximum number of pairs written in one transaction, unless one lost report has more.
const WRITTEN_TOGETHER: usize = 400;
/// Maximum number of rows in one insert; the databases accept about 30,000 bound values.
const INSERTED_AT_ONCE: usize = 500;

/// Stores these pairs and computes the standing of all that they compete with. Each pair is stored once, however many
/// jobs have it. Pairs with a report that was closed in the meantime are left out, and those with one that was changed:
/// whoever changes a report calls for its pairs to be scored, and their scores are newer.
pub async fn keep_matches(deps: &Deps, mut pairs: Vec<Pair>) -> Result<()> {
    pairs.sort_by_key(Pair::sides);
    pairs.dedup_by_key(|pair| pair.sides());
    let mut rest = pairs.as_slice();
    while !rest.is_empty() {
        let (together, later) = rest.split_at(end_of_chunk(rest));
        deps.write(async |tx| keep(deps, tx, together).await).await?;
        rest = later;
    }
    Ok(())
}

/// The end of the first chunk: all pairs of a lost report belong to the same one.
fn end_of_chunk(pairs: &[Pair]) -> usize {
    let last = pairs
        .get(WRITTEN_TOGETHER.min(pairs.len()) - 1)
        .map(|pair| pair.lost_id);
    pairs
        .iter()
        .skip(WRITTEN_TOGETHER)
        .position(|pair| Some(pair.lost_id) != last)
        .map_or(pairs.len(), |further| WRITTEN_TOGETHER + further)
}

async fn keep(deps: &Deps, tx: &Tx, pairs: &[Pair]) -> Result<()> {
    // Locked in the order of their ids: of two jobs with the same lost report, the second sees what the first has
    // written, and none of the reports is closed meanwhile.
    let sides: BTreeSet<PetId> = pairs.iter().flat_map(|pair| [pair.lost_id, pair.other_id]).collect();
    let open = pets::lock_open(tx, sides).await?;
    let is_current = |pair: &&Pair| {
        let versions = open.get(&pair.lost_id).zip(open.get(&pair.other_id));
        versions.is_some_and(|(lost, other)| pair.versions.is_none_or(|compared| compared == [*lost, *other]))
    };
    let pairs: Vec<&Pair> = pairs.iter().filter(is_current).collect();
    let mut lost_ids: Vec<PetId> = pairs.iter().map(|pair| pair.lost_id).collect();
    lost_ids.dedup();
    let known = store::of_pairs(tx, &pairs.iter().map(|pair| pair.sides()).collect::<Vec<_>>()).await?;

    let (mut new, mut gone, mut counted_anew) = (Vec::new(), BTreeMap::new(), BTreeSet::new());
    for pair in &pairs {
        match (known.get(&pair.sides()), &pair.scored) {
            (Some(before), Some(scored)) => {
                renew(tx, before, scored, pair).await?;
                // It may go on, or be open, once more.
                if before.ended_at.is_some() || before.state == MatchState::Dismissed {
                    counted_anew.insert(before.other_id);
                }
            }
            (Some(before), None) if before.ended_at.is_none() => {
                end(tx, before).await?;
                counted_anew.extend(counts(before).then_some(before.other_id));
                *gone.entry(before.lost_id).or_default() += i64::from(before.state != MatchState::Dismissed);
            }
            (Some(_), None) => {}
            (None, Some(scored)) => new.push((*pair, scored)),
            (None, None) => {}
        }
    }
    let is_less = |pair: &&&Pair| {
        let before = known.get(&pair.sides());
        before.is_some_and(|before| pair.is_sure() || pair.score() < before.score)
    };
    let mut shortened: Vec<PetId> = pairs.iter().filter(is_less).map(|pair| pair.lost_id).collect();
    shortened.dedup();
    if !shortened.is_empty() {
        tx.announce(MatchEvent::ListsShortened { pet_ids: shortened });
    }
    for new in new.chunks(INSERTED_AT_ONCE) {
        insert(deps, tx, new).await?;
    }
    refill(tx, &gone).await?;
    // Most pairs have no chance: where neither they nor what they replace compete, the others keep their standing.
    let beyond = drop_beyond_best(tx, &lost_ids).await?;
    let dropped = beyond.iter().filter(|row| is_counted(row.band, row.state));
    counted_anew.extend(dropped.map(|row| row.other_id));
    tell_shelters(tx, &counted_anew).await?;
    let dropped = beyond
        .iter()
        .filter(|row| row.is_competing())
        .map(|row| (row.lost_id, row.other_id));
    let competes = |pair: &Pair| pair.competes(known.get(&pair.sides()));
    let did_compete = |pair: &Pair| known.get(&pair.sides()).filter(|before| before.competes);
    let changed = pairs
        .iter()
        .filter(|pair| competes(pair) || did_compete(pair).is_some());
    let ceased = pairs.iter().filter(|pair| !competes(pair));
    let ceased: Vec<MatchId> = ceased.filter_map(|pair| Some(did_compete(pair)?.id)).collect();
    let (lost, others): (BTreeSet<PetId>, BTreeSet<PetId>) = changed.map(|pair| pair.sides()).chain(dropped).unzip();
    compute_standings(tx, &Vec::from_iter(lost), &Vec::from_iter(others), &ceased).await
}

async fn insert(deps: &Deps, tx: &Tx, pairs: &[(&Pair, &Scored)]) -> Result<()> {
    let rows = pairs.iter().map(|(pair, scored)| row(deps, tx, pair, scored));
    let rows: Vec<_> = rows.collect::<Result<_>>()?;
    let conflict = OnConflict::columns([pet_match::Column::LostId, pet_match::Column::OtherId])
        .do_nothing()
        .to_owned();
    pet_match::Entity::insert_many(rows)
        .on_conflict(conflict)
        .exec_without_returning(tx)
        .await?;
    Ok(())
}

/// The row of a new pair. Its standing is computed once all are there.
fn row(deps: &Deps, tx: &Tx, pair: &Pair, scored: &Scored) -> Result<pet_match::ActiveModel> {
    Ok(pet_match::ActiveModel {
        id: Set(MatchId(deps.ids.uuid(tx.now()))),
        lost_id: Set(pair.lost_id),
        other_id: Set(pair.other_id),
        band: Set(MatchBand::Weak),
        same_chip: Set(scored.same_chip),
        same_picture: Set(pair.same_picture),
        score: Set(scored.score),
        likelihood: Set(0.0),
        surroundings: Set(pair.surroundings as i32),
        competes: Set(pair.competes(None)),
        factors: Set(serde_json::to_string(&scored.factors)?),
        state: Set(MatchState::New),
        decided_by: Set(None),
        lost_confirmed_by: Set(None),
        other_confirmed_by: Set(None),
        lost_dismissed_by: Set(None),
        other_dismissed_by: Set(None),
        difference: Set(None),
        reason: Set(None),
        change: Set(None),
        ended_at: Set(None),
        created_at: Set(tx.now()),
        updated_at: Set(tx.now()),
    })
}

/// Stores a new score. A dismissed pair is a match again if only now the chips turn out to be equal, and both sides are
/// asked anew.
async fn renew(tx: &Tx, before: &pet_match::Model, scored: &Scored, pair: &Pair) -> Result<()> {
    let mut row = before.clone().into_active_model();
    row.score = Set(scored.score);
    row.same_chip = Set(scored.same_chip);
    row.same_picture = Set(pair.same_picture);
    row.surroundings = Set(pair.surroundings(Some(before)) as i32);
    row.competes = Set(pair.competes(Some(before)));
    row.change = Set(change(before, &scored.factors)?.or_else(|| before.change.clone()));
    row.factors = Set(serde_json::to_string(&scored.factors)?);
    row.ended_at = Set(None);
    row.updated_at = Set(tx.now());
    if before.state == MatchState::Dismissed && scored.same_chip && !before.same_chip {
        row.state = Set(MatchState::New);
        row.decided_by = Set(None);
        row.lost_confirmed_by = Set(None);
        row.other_confirmed_by = Set(None);
        row.lost_dismissed_by = Set(None);
        row.other_dismissed_by = Set(None);
        row.difference = Set(None);
        row.reason = Set(None);
    }
    pet_match::Entity::update(row).exec(tx).await?;
    Ok(())
}

/// Ends a match whose reports were changed so that they cannot be one animal.
async fn end(tx: &Tx, before: &pet_match::Model) -> Result<()> {
    drop_unknown(tx, vec![(before.id, before.state)]).await?;
    let ended = pet_match::Entity::update_many()
        .col_expr(pet_match::Column::Score, Expr::value(0.0))
        .col_expr(pet_match::Column::Likelihood, Expr::value(0.0))
        .col_expr(pet_match::Column::Band, Expr::value(MatchBand::Weak))
        .col_expr(pet_match::Column::Competes, Expr::value(false))
        .col_expr(pet_match::Column::Factors, Expr::value(NO_FACTORS))
        .col_expr(
            pet_match::Column::Change,
            Expr::value("A report was changed: they cannot be one animal."),
        )
        .col_expr(pet_match::Column::EndedAt, Expr::value(tx.now()))
        .col_expr(pet_match::Column::UpdatedAt, Expr::value(tx.now()))
        .filter(pet_match::COLUMN.id.eq(before.id))
        .exec(tx)
        .await?;
    if ended.rows_affected == 0 || before.state == MatchState::Dismissed {
        return Ok(());
    }
    tx.announce(MatchEvent::MatchEnded {
        match_id: before.id,
        pet_id: before.lost_id,
    });
    if before.state == MatchState::Confirmed {
        let sides = pets::find_many(tx, &Viewer::System, &[before.lost_id, before.other_id]).await?;
        release(tx, sides.iter()).await?;
    }
    Ok(())
}

/// Removes the matches of these lost reports that are not among their best, unless they concern somebody, and returns them.
async fn drop_beyond_best(tx: &Tx, lost_ids: &[PetId]) -> Result<Vec<Standing>> {
    let mut beyond = Vec::new();
    for lost_ids in lost_ids.chunks(INSERTED_AT_ONCE) {
        beyond.extend(store::beyond_best(tx, lost_ids).await?);
    }
    drop_unknown(tx, beyond.iter().map(|row| (row.id, row.state)).collect()).await?;
    Ok(beyond)
}
