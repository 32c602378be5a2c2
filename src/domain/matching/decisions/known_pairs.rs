//! Reports about which people have decided, as known pairs to measure the score with and to fit it to.

use std::collections::{BTreeSet, HashMap, hash_map::Entry};

use entity::{
    id::PetId,
    pet, pet_match,
    vocabulary::{MatchDifference, MatchState},
};
use match_evaluation::Report;
use match_score::Subject;
use sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter, QueryOrder, sea_query::ExprTrait};

use super::decision::NO_FACTORS;
use crate::{
    deps::Deps,
    domain::{matching::candidates, pets},
    kernel::{Result, Viewer},
};

/// Number of rows read at once.
const READ_AT_ONCE: usize = 500;

/// All reports with a match that both sides have confirmed and their reports still allow, or that one has dismissed
/// because it is another animal. The former are about one animal, which has the id of one of the reports.
pub async fn known_pairs(deps: &Deps) -> Result<Vec<Report>> {
    let is_agreed = Condition::all()
        .add(pet_match::COLUMN.state.eq(MatchState::Confirmed))
        .add(pet_match::COLUMN.factors.ne(NO_FACTORS))
        .add(pet_match::Column::LostConfirmedBy.is_not_null())
        .add(pet_match::Column::OtherConfirmedBy.is_not_null());
    let says_nothing = pet_match::Column::Difference.eq(MatchDifference::AlreadyHome);
    let is_another = Condition::all()
        .add(pet_match::COLUMN.state.eq(MatchState::Dismissed))
        .add(
            Condition::any()
                .add(pet_match::Column::Difference.is_null())
                .add(says_nothing.not()),
        );
    let is_decided = Condition::any().add(is_agreed).add(is_another);
    let decided = pet_match::Entity::find()
        .filter(is_decided)
        .order_by_asc(pet_match::Column::Id)
        .all(deps.db.read())
        .await?;
    let animals = animals(&decided);
    let ids: BTreeSet<PetId> = decided.iter().flat_map(|row| [row.lost_id, row.other_id]).collect();
    let mut reports = Vec::with_capacity(ids.len());
    for ids in Vec::from_iter(ids).chunks(READ_AT_ONCE) {
        let subjects = candidates::any(deps.db.read(), ids).await?;
        for pet in pets::find_many(deps.db.read(), &Viewer::System, ids).await? {
            let read = subjects.iter().find(|read| read.id == pet.id.0);
            reports.extend(read.map(|read| report(&pet, read, animals.get(&pet.id))));
        }
    }
    Ok(reports)
}

/// The animal of every report with a confirmed match: the first of all reports that are joined by such matches.
fn animals(decided: &[pet_match::Model]) -> HashMap<PetId, PetId> {
    let confirmed: Vec<_> = decided
        .iter()
        .filter(|row| row.state == MatchState::Confirmed)
        .collect();
    let mut same: HashMap<PetId, Vec<PetId>> = HashMap::new();
    for row in &confirmed {
        same.entry(row.lost_id).or_default().push(row.other_id);
        same.entry(row.other_id).or_default().push(row.lost_id);
    }
    let mut animals = HashMap::new();
    for row in confirmed {
        let mut reached = vec![row.lost_id];
        while let Some(id) = reached.pop() {
            if let Entry::Vacant(unknown) = animals.entry(id) {
                unknown.insert(row.lost_id);
                reached.extend(same.get(&id).into_iter().flatten());
            }
        }
    }
    animals
}

fn report(pet: &pet::Model, read: &Subject, animal: Option<&PetId>) -> Report {
    Report {
        subject: read.clone(),
        area: read.address.clone().unwrap_or_default(),
        postcode: pet.postal_code.clone().unwrap_or_default(),
        animal: animal.map(|animal| animal.0.to_string()),
    }
}
