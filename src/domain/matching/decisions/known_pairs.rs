//! Reports about which people have decided, as known pairs to measure the score with and to fit it to.

use std::collections::{BTreeSet, HashMap};

use entity::{id::PetId, pet, pet_match, vocabulary::MatchState};
use match_evaluation::Report;
use sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter, QueryOrder};

use crate::{
    deps::Deps,
    domain::{matching::subject::subject, pets},
    kernel::{Result, Viewer},
};

/// All reports with a match that both sides have confirmed or one has dismissed. Those that both sides have confirmed are
/// about one animal, which has the id of one of the reports.
pub async fn known_pairs(deps: &Deps) -> Result<Vec<Report>> {
    let is_agreed = Condition::all()
        .add(pet_match::Column::LostConfirmedBy.is_not_null())
        .add(pet_match::Column::OtherConfirmedBy.is_not_null());
    let is_decided = Condition::any()
        .add(is_agreed)
        .add(pet_match::COLUMN.state.eq(MatchState::Dismissed));
    let decided = pet_match::Entity::find()
        .filter(is_decided)
        .order_by_asc(pet_match::Column::Id)
        .all(deps.db.read())
        .await?;
    let animals = animals(&decided);
    let ids: BTreeSet<PetId> = decided.iter().flat_map(|row| [row.lost_id, row.other_id]).collect();
    let pets = pets::find_many(deps.db.read(), &Viewer::System, &Vec::from_iter(ids)).await?;
    Ok(pets.iter().map(|pet| report(pet, animals.get(&pet.id))).collect())
}

/// The animal of every report with a confirmed match.
fn animals(decided: &[pet_match::Model]) -> HashMap<PetId, PetId> {
    let mut animals = HashMap::new();
    for row in decided.iter().filter(|row| row.state != MatchState::Dismissed) {
        let known = |id| animals.get(&id).copied().unwrap_or(id);
        let (animal, same) = (known(row.lost_id), known(row.other_id));
        animals
            .values_mut()
            .filter(|one| **one == same)
            .for_each(|one| *one = animal);
        animals.extend([(row.lost_id, animal), (row.other_id, animal)]);
    }
    animals
}

fn report(pet: &pet::Model, animal: Option<&PetId>) -> Report {
    Report {
        subject: subject(pet),
        area: pet.address.clone().unwrap_or_else(|| pet.place_label.clone()),
        postcode: pet.postal_code.clone().unwrap_or_default(),
        animal: animal.map(|animal| animal.0.to_string()),
    }
}
