//! All queries for matches.

use std::collections::{HashMap, HashSet};

use entity::{
    id::{MatchId, MemberId, PetId, ShelterId},
    pet, pet_match,
    vocabulary::{MatchBand, MatchState},
};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter, QuerySelect, QueryTrait, Select,
    sea_query::Expr,
};

use super::policy::may_see;
use crate::{
    deps::{Direction, Keyset},
    domain::{pets, staff::Actor},
    kernel::{
        Error, Result, Viewer,
        page::{KeyValue, Page, Slice},
    },
};
use match_score::Factor;

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

/// Selects a member's own matches.
#[derive(Debug, Clone)]
pub struct Mine {
    /// The caller: matches with a report hidden from them are left out.
    pub viewer: Viewer,
    /// The member whose reports are searched.
    pub member_id: MemberId,
    /// The lowest band to include.
    pub minimum_band: MatchBand,
    /// Only matches in this state.
    pub state: Option<MatchState>,
}

/// Matches of a member's own reports, best first.
pub async fn of_viewer(db: &impl ConnectionTrait, mine: &Mine, page: &Page) -> Result<Slice<pet_match::Model>> {
    let keyset = Keyset {
        list: "matches",
        columns: vec![
            Expr::col((pet_match::Entity, pet_match::Column::Score)),
            Expr::col((pet_match::Entity, pet_match::Column::Id)),
        ],
        direction: Direction::Descending,
    };
    let key = |found: &pet_match::Model| vec![KeyValue::Float(found.score), KeyValue::Id(found.id.0)];
    keyset.page(db, select_mine(mine), page, key).await
}

/// Number of the member's matches.
pub async fn count_of_viewer(db: &impl ConnectionTrait, mine: &Mine) -> Result<u64> {
    Ok(select_mine(mine).count(db).await?)
}

fn select_mine(mine: &Mine) -> Select<pet_match::Entity> {
    let own = || {
        pet::Entity::find()
            .select_only()
            .column(pet::Column::Id)
            .filter(pet::COLUMN.reporter_id.eq(mine.member_id))
            .into_query()
    };
    let bands = [MatchBand::Weak, MatchBand::Possible, MatchBand::Strong, MatchBand::Chip];
    let mut select = pet_match::Entity::find()
        .filter(
            Condition::any()
                .add(pet_match::Column::LostId.in_subquery(own()))
                .add(pet_match::Column::OtherId.in_subquery(own())),
        )
        .filter(sides_visible_to(&mine.viewer))
        .filter(
            pet_match::COLUMN
                .band
                .is_in(bands.into_iter().filter(|band| mine.minimum_band <= *band)),
        );
    if let Some(state) = mine.state {
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
