//! Computes the holds of a shelter's animals anew, after its rules, its days or its time zone have changed.

use std::collections::HashMap;

use entity::{
    id::{ShelterAnimalId, ShelterId, StayId},
    shelter_animal,
};
use uuid::Uuid;

use super::{hold::set_hold, rules::hold_rules_of};
use crate::{
    deps::{Deps, Tx},
    domain::custody::{records::Change, store},
    kernel::{Result, Viewer},
};

/// Computes the holds of all animals that are there. May be interrupted and run again at any time. A stay that begins
/// meanwhile has the new rules: whoever begins one keeps the shelter from changing until it is written.
pub async fn recompute_holds(deps: &Deps, shelter: ShelterId) -> Result<()> {
    let mut last = StayId(Uuid::nil());
    loop {
        let ids = store::present_after(deps.db.read(), shelter, last).await?;
        let Some(end) = ids.last() else { return Ok(()) };
        last = *end;
        deps.write(async |tx| recompute(tx, shelter, &ids).await).await?;
    }
}

async fn recompute(tx: &Tx, shelter: ShelterId, ids: &[StayId]) -> Result<()> {
    let stays = store::present_for_update(tx, shelter, ids).await?;
    let rules = hold_rules_of(tx, shelter).await?;
    let animals = store::animals_of_stays(tx, &stays).await?;
    let animals: HashMap<ShelterAnimalId, shelter_animal::Model> =
        animals.into_iter().map(|animal| (animal.id, animal)).collect();
    for stay in stays {
        let Some(animal) = animals.get(&stay.animal_id) else {
            continue;
        };
        let mut change = Change::of(stay.clone(), tx.now(), &Viewer::System.actor());
        set_hold(&mut change, animal, &rules)?;
        if *change.stay() != stay {
            change.save(tx).await?;
        }
    }
    Ok(())
}
