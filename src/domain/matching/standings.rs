//! Computes how likely matches are beside each other, after some of them came, changed or went.

use std::collections::{BTreeSet, HashMap};

use entity::{
    id::{MatchId, MemberId, PetId, ShelterId},
    pet, pet_match,
    vocabulary::{MatchBand, MatchState},
};
use match_score::{Rivals, standing};
use sea_orm::{
    ColumnTrait, ConnectionTrait, DerivePartialModel, EntityTrait, QueryFilter, QuerySelect, sea_query::Expr,
};

use super::shelter_bells::{is_counted, tell_shelters};
use crate::{
    deps::Tx,
    domain::pets,
    events::MatchEvent,
    kernel::{Result, Viewer},
};

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
    pub surroundings: i32,
    pub competes: bool,
    pub state: MatchState,
}

impl Standing {
    /// Whether the pair has a chance, or takes one from others.
    pub fn is_competing(&self) -> bool {
        self.competes && self.state != MatchState::Dismissed
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

/// The open matches of these lost reports and of these counterparts that compete, in the order of their ids. An index has
/// just these; the databases only see that it applies if the condition is in the statement as it is in the index.
async fn competing(db: &impl ConnectionTrait, lost: &[PetId], others: &[PetId]) -> Result<Vec<Standing>> {
    let mut found = Vec::new();
    for (column, ids) in [(pet_match::Column::LostId, lost), (pet_match::Column::OtherId, others)] {
        for ids in ids.chunks(READ_AT_ONCE) {
            let rows = pet_match::Entity::find()
                .filter(column.is_in(ids.iter().copied()))
                .filter(Expr::cust("matches.competes"))
                .filter(pet_match::Column::EndedAt.is_null());
            found.extend(rows.into_partial_model::<Standing>().all(db).await?);
        }
    }
    found.retain(Standing::is_competing);
    found.sort_unstable_by_key(|row| row.id);
    found.dedup_by_key(|row| row.id);
    Ok(found)
}

/// Computes the standing of all competing matches of these lost reports and of these counterparts, and of these matches,
/// which have ceased to compete. Announces the ones that people should look at now, or more than before.
pub async fn compute_standings(tx: &Tx, lost_ids: &[PetId], other_ids: &[PetId], ceased: &[MatchId]) -> Result<()> {
    let mut affected = competing(tx, lost_ids, other_ids).await?;
    let (lost, others) = (
        ids_of(&affected, |row| row.lost_id),
        ids_of(&affected, |row| row.other_id),
    );
    let competing = competing(tx, &lost, &others).await?;
    for ids in ceased.chunks(READ_AT_ONCE) {
        let rows = pet_match::Entity::find()
            .filter(pet_match::COLUMN.id.is_in(ids.iter().copied()))
            .filter(pet_match::Column::EndedAt.is_null());
        affected.extend(rows.into_partial_model::<Standing>().all(tx).await?);
    }
    let surroundings = surroundings(affected.iter().chain(&competing));
    let of_lost = grouped(&competing, |row| row.lost_id);
    let of_other = grouped(&competing, |row| row.other_id);
    let sources = sources(tx, &of_lost).await?;
    let mut counted_anew = BTreeSet::new();
    for row in affected.iter().filter(|row| row.state != MatchState::Dismissed) {
        let source = sources.get(&row.other_id);
        let is_of_source = |rival: &&Standing| source.is_some() && sources.get(&rival.other_id) == source;
        let (littermates, compatible): (Vec<&Standing>, Vec<&Standing>) =
            rivals(row, of_lost.get(&row.lost_id)).partition(is_of_source);
        let exclusive = rivals(row, of_other.get(&row.other_id)).chain(littermates);
        let exclusive: Vec<f64> = exclusive.map(|rival| rival.score).collect();
        let compatible: Vec<f64> = compatible.into_iter().map(|rival| rival.score).collect();
        let rivals = Rivals {
            exclusive: &exclusive,
            compatible: &compatible,
        };
        let around = surroundings.get(&row.lost_id).copied().unwrap_or_default();
        let standing = standing(row.score, row.same_chip, rivals, around.unsigned_abs());
        let band = row.band(standing.band);
        if is_counted(band, row.state) != is_counted(row.band, row.state) {
            counted_anew.insert(row.other_id);
        }
        store(tx, row, standing.likelihood, band).await?;
    }
    tell_shelters(tx, &counted_anew).await
}

/// The others that have a report in common with this row.
fn rivals<'a>(row: &Standing, competing: Option<&'a Vec<&'a Standing>>) -> impl Iterator<Item = &'a Standing> {
    let competing = competing.into_iter().flatten().copied();
    competing.filter(|rival| rival.id != row.id)
}

/// Who has reported the counterparts of lost reports that have several: what one person or shelter reports are as many
/// animals.
async fn sources(tx: &Tx, of_lost: &HashMap<PetId, Vec<&Standing>>) -> Result<HashMap<PetId, Source>> {
    let several = of_lost.values().filter(|rows| 1 < rows.len()).flatten();
    let ids: BTreeSet<PetId> = several.map(|row| row.other_id).collect();
    let mut sources = HashMap::new();
    for ids in Vec::from_iter(ids).chunks(READ_AT_ONCE) {
        let rows = pets::visible_to(&Viewer::System)
            .select_only()
            .columns([pet::Column::Id, pet::Column::ShelterId, pet::Column::ReporterId])
            .filter(pet::COLUMN.id.is_in(ids.iter().copied()));
        let rows: Vec<(PetId, Option<ShelterId>, Option<MemberId>)> = rows.into_tuple().all(tx).await?;
        let known = rows.into_iter().filter_map(|(id, shelter, member)| {
            let source = shelter.map(Source::Shelter).or(member.map(Source::Member));
            Some((id, source?))
        });
        sources.extend(known);
    }
    Ok(sources)
}

#[derive(PartialEq)]
enum Source {
    Shelter(ShelterId),
    Member(MemberId),
}

fn grouped(rows: &[Standing], side: impl Fn(&Standing) -> PetId) -> HashMap<PetId, Vec<&Standing>> {
    let mut groups: HashMap<PetId, Vec<&Standing>> = HashMap::new();
    for row in rows {
        groups.entry(side(row)).or_default().push(row);
    }
    groups
}

/// The number of counterparts around each lost report, as the latest of its pairs has it: it hardly falls.
fn surroundings<'a>(rows: impl Iterator<Item = &'a Standing>) -> HashMap<PetId, i32> {
    let mut surroundings: HashMap<PetId, i32> = HashMap::new();
    for row in rows {
        let most = surroundings.entry(row.lost_id).or_default();
        *most = row.surroundings.max(*most);
    }
    surroundings
}

/// The lost reports, or the counterparts, of these matches.
fn ids_of(rows: &[Standing], side: impl Fn(&Standing) -> PetId) -> Vec<PetId> {
    let ids: BTreeSet<PetId> = rows.iter().map(side).collect();
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
