//! Job: withdraws the matches of a report that was closed.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use entity::{
    id::PetId,
    pet_match,
    vocabulary::{MatchState, PetStatus},
};
use match_score::KEPT;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, sea_query::Expr};

use super::decision::release;
use crate::{
    deps::{Deps, Tx},
    domain::{
        custody,
        matching::{
            lists::drop_unknown,
            shelter_bells::{counts, tell_shelters},
            standings::compute_standings,
            store,
        },
        pets,
    },
    events::MatchEvent,
    kernel::{OrGone, Outcome, Result, Viewer},
};

/// Ends the open matches of a report that is closed: those that nobody was told of or has decided about are removed,
/// the others end, which is announced. A counterpart is closed as reunited as well if this report was and both sides
/// had confirmed that they are one animal; if this report was closed otherwise, the counterpart is open again. Nothing
/// happens if the report is open again. Idempotent.
pub async fn end_matches(deps: &Deps, id: PetId) -> Result<Outcome> {
    deps.write(async |tx| {
        let matches = store::of_pet(tx, id).await?;
        let counterpart = |row: &pet_match::Model| if row.lost_id == id { row.other_id } else { row.lost_id };
        let others: BTreeSet<PetId> = matches.iter().map(counterpart).collect();
        let open = pets::lock_open(tx, others.iter().copied().chain([id]).collect()).await?;
        if open.contains_key(&id) {
            return Ok(());
        }
        let report = pets::find(tx, &Viewer::System, id).await?;
        let matches = store::of_pet(tx, id).await?;
        let ending: Vec<&pet_match::Model> = matches.iter().filter(|row| row.ended_at.is_none()).collect();
        end(tx, id, &ending).await?;
        if report.status == PetStatus::Reunited {
            let agreed = |row: &&pet_match::Model| {
                row.state == MatchState::Confirmed
                    && row.lost_confirmed_by.is_some()
                    && row.other_confirmed_by.is_some()
            };
            for row in ending.iter().copied().filter(agreed) {
                custody::reunite(tx, counterpart(row)).await?;
            }
        } else {
            let confirmed = ending.iter().filter(|row| row.state == MatchState::Confirmed);
            let confirmed: Vec<PetId> = confirmed.map(|row| counterpart(row)).collect();
            let counterparts = pets::find_many(tx, &Viewer::System, &confirmed).await?;
            release(tx, counterparts.iter()).await?;
        }
        make_room(tx, &ending).await
    })
    .await
    .or_gone("the report is gone")
}

async fn end(tx: &Tx, pet_id: PetId, ending: &[&pet_match::Model]) -> Result<()> {
    drop_unknown(tx, ending.iter().map(|row| (row.id, row.state)).collect()).await?;
    for row in ending {
        let ended = pet_match::Entity::update_many()
            .col_expr(pet_match::Column::EndedAt, Expr::value(tx.now()))
            .filter(pet_match::COLUMN.id.eq(row.id))
            .exec(tx)
            .await?;
        if ended.rows_affected == 1 && row.state != MatchState::Dismissed {
            tx.announce(MatchEvent::MatchEnded {
                match_id: row.id,
                pet_id,
            });
        }
    }
    let counted = ending.iter().filter(|row| counts(row)).map(|row| row.other_id);
    tell_shelters(tx, &counted.collect()).await
}

/// Computes the standing of the matches that competed with those that ended, and fills lists again.
async fn make_room(tx: &Tx, ended: &[&pet_match::Model]) -> Result<()> {
    let mut gone: BTreeMap<PetId, i64> = BTreeMap::new();
    for row in ended.iter().filter(|row| row.state != MatchState::Dismissed) {
        *gone.entry(row.lost_id).or_default() += 1;
    }
    let lost: BTreeSet<PetId> = ended.iter().map(|row| row.lost_id).collect();
    let lost: Vec<PetId> = lost.into_iter().collect();
    if !lost.is_empty() {
        tx.announce(MatchEvent::ListsShortened { pet_ids: lost.clone() });
    }
    let others: BTreeSet<PetId> = ended.iter().map(|row| row.other_id).collect();
    compute_standings(tx, &lost, &others.into_iter().collect::<Vec<_>>(), &[]).await?;
    refill(tx, &gone).await
}

/// Lost reports whose list is half empty now are to be compared with all candidates again. `gone` is the number of pairs,
/// without dismissed ones, that have just left each list.
pub async fn refill(tx: &Tx, gone: &BTreeMap<PetId, i64>) -> Result<()> {
    let half = KEPT as i64 / 2;
    let ids: Vec<PetId> = gone.keys().copied().collect();
    let left: HashMap<PetId, i64> = store::open_counts(tx, &ids).await?.into_iter().collect();
    let thin = gone.iter().filter(|(id, gone)| {
        let left = left.get(id).copied().unwrap_or_default();
        left <= half && half < left + **gone
    });
    let thin: Vec<PetId> = thin.map(|(id, _)| *id).collect();
    if !thin.is_empty() {
        tx.announce(MatchEvent::MatchesThinned { pet_ids: thin });
    }
    Ok(())
}
