//! All queries for matches.

use std::collections::{HashMap, HashSet};

use entity::{
    id::{MatchId, MemberId, PetId, ShelterId},
    pet, pet_match,
    vocabulary::{MatchBand, MatchState},
};
use futures_util::Stream;
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, DatabaseConnection, DbErr, EntityTrait, PaginatorTrait, QueryFilter,
    QuerySelect, QueryTrait, Select,
    sea_query::{Expr, ExprTrait, Query, SimpleExpr},
};

use super::{policy::may_see, standings::Standing};
use crate::{
    deps::{Direction, Keyset},
    domain::{pets, staff::Actor},
    kernel::{
        Error, Result, Viewer,
        page::{KeyValue, Page, Slice},
    },
};
use match_score::{Factor, KEPT};

/// Number of reports per query.
const READ_AT_ONCE: usize = 500;

/// A match with its two reports, if the viewer may see both of them.
pub async fn find(
    db: &impl ConnectionTrait,
    actor: &Actor,
    id: MatchId,
) -> Result<(pet_match::Model, Vec<pet::Model>)> {
    let found = with_id(db, id).await?;
    let sides = pets::find_many(db, &actor.viewer, &[found.lost_id, found.other_id]).await?;
    if sides.len() == 2 && may_see(actor, &sides) {
        Ok((found, sides))
    } else {
        Err(Error::NotFound("match"))
    }
}

/// A match without an access check, for the server's own work.
pub async fn with_id(db: &impl ConnectionTrait, id: MatchId) -> Result<pet_match::Model> {
    pet_match::Entity::find_by_id(id)
        .one(db)
        .await?
        .ok_or(Error::NotFound("match"))
}

/// The two reports of a match.
pub async fn sides(db: &impl ConnectionTrait, found: &pet_match::Model) -> Result<Vec<pet::Model>> {
    pets::find_many(db, &Viewer::System, &[found.lost_id, found.other_id]).await
}

/// The stored reasons of a match.
pub fn factors(found: &pet_match::Model) -> Result<Vec<Factor>> {
    Ok(serde_json::from_str(&found.factors)?)
}

/// The decisions of the lost side and of the other one.
pub fn decisions(found: &pet_match::Model) -> (MatchState, MatchState) {
    let decision = |confirmed: Option<MemberId>, dismissed: Option<MemberId>| match (confirmed, dismissed) {
        (_, Some(_)) => MatchState::Dismissed,
        (Some(_), None) => MatchState::Confirmed,
        (None, None) => MatchState::New,
    };
    (
        decision(found.lost_confirmed_by, found.lost_dismissed_by),
        decision(found.other_confirmed_by, found.other_dismissed_by),
    )
}

/// Whose matches are listed.
#[derive(Debug, Clone, Copy)]
pub enum Of {
    /// Those of all reports of a member.
    Member(MemberId),
    /// Those of one report.
    Pet(PetId),
    /// Those of a shelter's animals, and of the reports that it made for others.
    Shelter(ShelterId),
}

/// A list of matches.
#[derive(Debug, Clone)]
pub struct Listed {
    /// The caller: matches with a report hidden from them are left out.
    pub viewer: Viewer,
    /// Whose matches.
    pub of: Of,
    /// The lowest band to include.
    pub minimum_band: MatchBand,
    /// Only matches in this state.
    pub state: Option<MatchState>,
}

/// A page of matches, the likeliest first. Undecided matches that have ended are left out.
pub async fn page(db: &impl ConnectionTrait, listed: &Listed, page: &Page) -> Result<Slice<pet_match::Model>> {
    let keyset = Keyset {
        list: "matches",
        columns: [
            pet_match::Column::Likelihood,
            pet_match::Column::Score,
            pet_match::Column::Id,
        ]
        .map(|column| Expr::col((pet_match::Entity, column)))
        .into(),
        direction: Direction::Descending,
    };
    let key = |found: &pet_match::Model| {
        vec![
            KeyValue::Float(found.likelihood),
            KeyValue::Float(found.score),
            KeyValue::Id(found.id.0),
        ]
    };
    keyset.page(db, select(listed), page, key).await
}

/// Number of matches in the list.
pub async fn count(db: &impl ConnectionTrait, listed: &Listed) -> Result<u64> {
    Ok(select(listed).count(db).await?)
}

fn select(listed: &Listed) -> Select<pet_match::Entity> {
    let reports = |condition: SimpleExpr| {
        pet::Entity::find()
            .select_only()
            .column(pet::Column::Id)
            .filter(condition)
            .into_query()
    };
    let either = |condition: SimpleExpr| {
        Condition::any()
            .add(pet_match::Column::LostId.in_subquery(reports(condition.clone())))
            .add(pet_match::Column::OtherId.in_subquery(reports(condition)))
    };
    let whose = match listed.of {
        Of::Member(member) => either(pet::COLUMN.reporter_id.eq(member)),
        Of::Shelter(shelter) => either(pet::COLUMN.shelter_id.eq(shelter)),
        Of::Pet(pet) => Condition::any()
            .add(pet_match::COLUMN.lost_id.eq(pet))
            .add(pet_match::COLUMN.other_id.eq(pet)),
    };
    let open = Condition::any()
        .add(pet_match::Column::EndedAt.is_null())
        .add(pet_match::COLUMN.state.ne(MatchState::New));
    let bands = [MatchBand::Weak, MatchBand::Possible, MatchBand::Strong, MatchBand::Chip];
    let bands = bands.into_iter().filter(|band| listed.minimum_band <= *band);
    let mut select = pet_match::Entity::find()
        .filter(whose)
        .filter(open)
        .filter(sides_visible_to(&listed.viewer));
    if listed.minimum_band != MatchBand::Weak {
        select = select.filter(pet_match::COLUMN.band.is_in(bands));
    }
    if let Some(state) = listed.state {
        select = select.filter(pet_match::COLUMN.state.eq(state));
    }
    select
}

/// Condition: the viewer may see both reports of a match.
fn sides_visible_to(viewer: &Viewer) -> Condition {
    let names_visible = |column: pet_match::Column| pets::names_visible(viewer, column.into_expr());
    Condition::all()
        .add(names_visible(pet_match::Column::LostId))
        .add(names_visible(pet_match::Column::OtherId))
}

/// All matches of a report, for the server's own work.
pub async fn of_pet(db: &impl ConnectionTrait, id: PetId) -> Result<Vec<pet_match::Model>> {
    let either = Condition::any()
        .add(pet_match::COLUMN.lost_id.eq(id))
        .add(pet_match::COLUMN.other_id.eq(id));
    Ok(pet_match::Entity::find().filter(either).all(db).await?)
}

/// All matches of these reports, grouped by report, for the server's own work.
pub async fn of_pets(db: &impl ConnectionTrait, ids: &[PetId]) -> Result<HashMap<PetId, Vec<pet_match::Model>>> {
    let mut of_pets: HashMap<PetId, Vec<pet_match::Model>> = HashMap::new();
    if ids.is_empty() {
        return Ok(of_pets);
    }
    let either = Condition::any()
        .add(pet_match::COLUMN.lost_id.is_in(ids.iter().copied()))
        .add(pet_match::COLUMN.other_id.is_in(ids.iter().copied()));
    for found in pet_match::Entity::find().filter(either).all(db).await? {
        for side in [found.lost_id, found.other_id] {
            of_pets.entry(side).or_default().push(found.clone());
        }
    }
    Ok(of_pets)
}

/// The stored matches of these pairs, each of a lost report and a counterpart.
pub async fn of_pairs(
    db: &impl ConnectionTrait,
    pairs: &[(PetId, PetId)],
) -> Result<HashMap<(PetId, PetId), pet_match::Model>> {
    let mut found = HashMap::new();
    for pairs in pairs.chunks(READ_AT_ONCE) {
        let rows = pet_match::Entity::find()
            .filter(pet_match::COLUMN.lost_id.is_in(pairs.iter().map(|(lost, _)| *lost)))
            .filter(pet_match::COLUMN.other_id.is_in(pairs.iter().map(|(_, other)| *other)));
        let rows = rows.all(db).await?.into_iter();
        found.extend(rows.map(|row| ((row.lost_id, row.other_id), row)));
    }
    Ok(found)
}

/// The scores in the list of each of these lost reports that has one.
pub async fn list_scores(db: &impl ConnectionTrait, lost_ids: &[PetId]) -> Result<HashMap<PetId, Vec<f64>>> {
    let mut scores: HashMap<PetId, Vec<f64>> = HashMap::new();
    for ids in lost_ids.chunks(READ_AT_ONCE) {
        let rows: Vec<(PetId, f64)> = listed_pairs()
            .select_only()
            .columns([pet_match::Column::LostId, pet_match::Column::Score])
            .filter(pet_match::COLUMN.lost_id.is_in(ids.iter().copied()))
            .into_tuple()
            .all(db)
            .await?;
        for (lost, score) in rows {
            scores.entry(lost).or_default().push(score);
        }
    }
    Ok(scores)
}

/// The lowest score in every list that is full.
pub async fn all_floors(
    db: &DatabaseConnection,
) -> Result<impl Stream<Item = std::result::Result<(PetId, f64), DbErr>> + Send> {
    let full = listed_pairs()
        .select_only()
        .column(pet_match::Column::LostId)
        .column_as(pet_match::Column::Score.min(), "floor")
        .group_by(pet_match::Column::LostId)
        .having(pet_match::Column::Score.count().gte(KEPT as i64));
    Ok(full.into_tuple().stream(db).await?)
}

/// Number of open matches, without dismissed ones, of each of these lost reports that has any.
pub async fn open_counts(db: &impl ConnectionTrait, lost_ids: &[PetId]) -> Result<Vec<(PetId, i64)>> {
    let mut counts = Vec::new();
    for ids in lost_ids.chunks(READ_AT_ONCE) {
        let select = pet_match::Entity::find()
            .select_only()
            .column(pet_match::Column::LostId)
            .column_as(pet_match::Column::Score.count(), "matches")
            .filter(pet_match::COLUMN.lost_id.is_in(ids.iter().copied()))
            .filter(pet_match::Column::EndedAt.is_null())
            .filter(pet_match::COLUMN.state.ne(MatchState::Dismissed))
            .group_by(pet_match::Column::LostId);
        let rows: Vec<(PetId, i64)> = select.into_tuple().all(db).await?;
        counts.extend(rows);
    }
    Ok(counts)
}

/// The pairs of these lost reports that are not among their best. An index tells which these are.
pub async fn beyond_best(db: &impl ConnectionTrait, lost_ids: &[PetId]) -> Result<Vec<Standing>> {
    let place = "ROW_NUMBER() OVER (PARTITION BY lost_id ORDER BY score DESC, other_id)";
    let ranked = listed_pairs()
        .select_only()
        .columns([pet_match::Column::LostId, pet_match::Column::OtherId])
        .expr_as(Expr::cust(place), "place")
        .filter(pet_match::COLUMN.lost_id.is_in(lost_ids.iter().copied()))
        .into_query();
    let sides = [pet_match::Column::LostId, pet_match::Column::OtherId];
    let beyond = Query::select()
        .columns(sides)
        .from_subquery(ranked, "ranked")
        .and_where(Expr::col("place").gt(KEPT as i64))
        .to_owned();
    let is_beyond = Expr::tuple(sides.map(Expr::col).map(SimpleExpr::from)).in_subquery(beyond);
    let rows = pet_match::Entity::find().filter(is_beyond);
    Ok(rows.into_partial_model::<Standing>().all(db).await?)
}

/// The pairs that take a place in the list of their lost report.
fn listed_pairs() -> Select<pet_match::Entity> {
    pet_match::Entity::find()
        .filter(pet_match::COLUMN.state.eq(MatchState::New))
        .filter(pet_match::COLUMN.same_chip.eq(false))
        .filter(pet_match::COLUMN.same_picture.eq(false))
        .filter(pet_match::Column::EndedAt.is_null())
}

/// The dismissed pairs with one of these reports, lost report first.
pub async fn dismissed_with(db: &impl ConnectionTrait, pet_ids: &[PetId]) -> Result<HashSet<(PetId, PetId)>> {
    let either = Condition::any()
        .add(pet_match::COLUMN.lost_id.is_in(pet_ids.iter().copied()))
        .add(pet_match::COLUMN.other_id.is_in(pet_ids.iter().copied()));
    let dismissed = pet_match::Entity::find()
        .select_only()
        .columns([pet_match::Column::LostId, pet_match::Column::OtherId])
        .filter(either)
        .filter(pet_match::COLUMN.state.eq(MatchState::Dismissed));
    let pairs: Vec<(PetId, PetId)> = dismissed.into_tuple().all(db).await?;
    Ok(pairs.into_iter().collect())
}

/// Number of open matches of a shelter's animals that are worth a look and visible to the viewer.
pub async fn open_matches_of_shelter(db: &impl ConnectionTrait, viewer: &Viewer, shelter: ShelterId) -> Result<u64> {
    let animals = pet::Entity::find()
        .select_only()
        .column(pet::Column::Id)
        .filter(pet::COLUMN.shelter_id.eq(shelter))
        .filter(pets::live())
        .into_query();
    let open = pet_match::Entity::find()
        .filter(pet_match::COLUMN.state.eq(MatchState::New))
        .filter(pet_match::Column::EndedAt.is_null())
        .filter(pet_match::COLUMN.band.ne(MatchBand::Weak))
        .filter(pet_match::Column::OtherId.in_subquery(animals))
        .filter(sides_visible_to(viewer));
    Ok(open.count(db).await?)
}

/// Matches by id, without an access check, in no particular order.
pub async fn with_ids(db: &impl ConnectionTrait, ids: &[MatchId]) -> Result<Vec<pet_match::Model>> {
    let found = pet_match::Entity::find().filter(pet_match::COLUMN.id.is_in(ids.iter().copied()));
    Ok(found.all(db).await?)
}
