//! Computes how likely matches are beside each other, after some of them came, changed or went.

use std::collections::{BTreeSet, HashMap};

use entity::{
    id::{MatchId, PetId},
    pet_match,
    vocabulary::{MatchBand, MatchState},
};
use match_score::{Scored, standing};
use sea_orm::{ColumnTrait, ConnectionTrait, DerivePartialModel, EntityTrait, QueryFilter, sea_query::Expr};

use crate::{deps::Tx, events::MatchEvent, kernel::Result};

/// Pairs below this score neither have a chance nor take one from others: a hundred of them change the odds of a match
/// as much as one pair that is alerted.
const COMPETING: f64 = 0.0;
/// Likelihoods that differ by less read the same in percent.
const NOTICEABLE: f64 = 0.005;
/// Number of reports per query.
const READ_AT_ONCE: usize = 500;

/// The parts of a match that its standing depends on.
#[derive(Debug, Clone, DerivePartialModel)]
#[sea_orm(entity = "pet_match::Entity")]
pub struct Standing {
    pub id: MatchId,
    pub lost_id: PetId,
    pub other_id: PetId,
    pub band: MatchBand,
    pub same_chip: bool,
    pub same_picture: bool,
    pub score: f64,
    pub likelihood: f64,
    pub state: MatchState,
}

impl Standing {
    /// Whether the pair is kept whatever its score.
    pub fn is_sure(&self) -> bool {
        self.same_chip || self.same_picture
    }

    fn competes(&self) -> bool {
        self.state != MatchState::Dismissed && (self.is_sure() || COMPETING <= self.score)
    }

    /// People are told of a picture that two reports have in common, however little else fits: one of them may have
    /// copied it.
    fn band(&self, band: MatchBand) -> MatchBand {
        match self.same_picture {
            true => band.max(MatchBand::Possible),
            false => band,
        }
    }
}

/// Whether a pair with this score can take a chance from others.
pub fn competes(scored: &Scored) -> bool {
    scored.same_chip || COMPETING <= scored.score
}

/// The open matches of these lost reports and of these counterparts.
pub async fn standings_of(db: &impl ConnectionTrait, lost: &[PetId], others: &[PetId]) -> Result<Vec<Standing>> {
    let mut found = Vec::new();
    for (column, ids) in [(pet_match::Column::LostId, lost), (pet_match::Column::OtherId, others)] {
        for ids in ids.chunks(READ_AT_ONCE) {
            let rows = pet_match::Entity::find()
                .filter(column.is_in(ids.iter().copied()))
                .filter(pet_match::Column::EndedAt.is_null());
            found.extend(rows.into_partial_model::<Standing>().all(db).await?);
        }
    }
    found.sort_unstable_by_key(|row| row.id);
    found.dedup_by_key(|row| row.id);
    Ok(found)
}

/// Computes the standing of all matches of these lost reports, and of those of these counterparts. Announces the ones
/// that people should look at now, or more than before.
pub async fn compute_standings(tx: &Tx, lost_ids: &[PetId], other_ids: &[PetId]) -> Result<()> {
    let affected = standings_of(tx, lost_ids, other_ids).await?;
    let (lost, others) = (
        ids_of(&affected, |row| row.lost_id),
        ids_of(&affected, |row| row.other_id),
    );
    let mut competing = standings_of(tx, &lost, &others).await?;
    competing.retain(Standing::competes);
    let of_lost = grouped(&competing, |row| row.lost_id);
    let of_other = grouped(&competing, |row| row.other_id);
    for row in affected.iter().filter(|row| row.state != MatchState::Dismissed) {
        let rivals = [of_lost.get(&row.lost_id), of_other.get(&row.other_id)];
        // No other row has both reports in common with this one, so none is counted twice.
        let rivals = rivals
            .into_iter()
            .flatten()
            .flatten()
            .filter(|rival| rival.id != row.id);
        let rivals: Vec<f64> = rivals.map(|rival| rival.score).collect();
        let standing = standing(row.score, row.same_chip, &rivals);
        store(tx, row, standing.likelihood, row.band(standing.band)).await?;
    }
    Ok(())
}

fn grouped(rows: &[Standing], side: impl Fn(&Standing) -> PetId) -> HashMap<PetId, Vec<&Standing>> {
    let mut groups: HashMap<PetId, Vec<&Standing>> = HashMap::new();
    for row in rows {
        groups.entry(side(row)).or_default().push(row);
    }
    groups
}

/// The lost reports, or the counterparts, of those of these matches that compete.
fn ids_of(rows: &[Standing], side: impl Fn(&Standing) -> PetId) -> Vec<PetId> {
    let ids: BTreeSet<PetId> = rows.iter().filter(|row| row.competes()).map(side).collect();
    ids.into_iter().collect()
}

async fn store(tx: &Tx, before: &Standing, likelihood: f64, band: MatchBand) -> Result<()> {
    if before.band == band && (before.likelihood - likelihood).abs() < NOTICEABLE {
        return Ok(());
    }
    let mut update = pet_match::Entity::update_many()
        .col_expr(pet_match::Column::Likelihood, Expr::value(likelihood))
        .col_expr(pet_match::Column::Band, Expr::value(band))
        .filter(pet_match::COLUMN.id.eq(before.id));
    if before.band != band {
        update = update.col_expr(pet_match::Column::UpdatedAt, Expr::value(tx.now()));
    }
    update.exec(tx).await?;
    if before.band < band && MatchBand::Possible <= band && before.state == MatchState::New {
        tx.announce(MatchEvent::MatchFound { match_id: before.id });
    }
    Ok(())
}
