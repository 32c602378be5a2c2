//! Reports that the staff of a shelter makes and changes of animals in its care.

use entity::{Timestamp, id::StayId, pet, shelter_animal, stay, vocabulary::StayStage};
use sea_orm::{ActiveModelTrait, EntityTrait, IntoActiveModel};

use super::{
    describe::{animal_columns, animal_of_report},
    holds::{begin_hold, hold_rules_of, set_hold},
    listing::stays_of_animals,
    model::{Intake, begun, is_over, kind_of_word},
    records::Change,
    store,
};
use crate::{
    deps::{Deps, Tx},
    domain::pets::{self, ReportPet, Reported, Told, UpdatePet, Updated},
    kernel::{Error, FieldCode, Result, Viewer},
};

/// Makes a report. If the animal is in a shelter's care, the shelter knows the animal from now on, and a stay begins that
/// publishes the report.
pub async fn report_pet(deps: &Deps, viewer: &Viewer, input: ReportPet) -> Result<Reported> {
    let by = viewer.actor();
    pets::report_pet(deps, viewer, input, async |tx, pet, told| {
        let ids = pet.animal_id.zip(pet.shelter_id);
        let keys = ids.ok_or_else(|| Error::broken("a report names an animal and no shelter"))?;
        let animal = animal_of_report(pet, keys, tx.now());
        let rules = hold_rules_of(tx, animal.shelter_id).await?;
        shelter_animal::Entity::insert(animal.clone().into_active_model())
            .exec_without_returning(tx)
            .await?;
        let word = told.intake_type.flatten();
        let intake = Intake {
            at: pet.seen_at,
            listed_at: None,
            kind: kind_of_word(word.as_deref()),
            word,
            stage: StayStage::Intake,
            kennel: None,
            import_id: None,
        };
        let mut stay = begun(StayId(deps.ids.uuid(tx.now())), keys, intake, tx.now());
        stay.pet_id = Some(pet.id);
        let mut change = Change::begin(stay, tx.now(), &by);
        begin_hold(&mut change, &animal, &rules)?;
        change.insert(tx).await?;
        Ok(())
    })
    .await
}

/// Changes a report. What it then says of an animal of a shelter's is what the shelter knows of it, and the stay that the
/// report is about, while it lasts, began when the change says, if it tells another time; its hold is computed anew.
pub async fn update_pet(deps: &Deps, viewer: &Viewer, input: UpdatePet) -> Result<Updated> {
    let by = viewer.actor();
    pets::update_pet(deps, viewer, input, async |tx, pet, told| {
        go_along(tx, pet, told, &by).await
    })
    .await
}

async fn go_along(tx: &Tx, pet: &pet::Model, told: Told, by: &str) -> Result<()> {
    let Some(animal_id) = pet.animal_id else { return Ok(()) };
    let mut animal = store::animal_for_update(tx, animal_id).await?;
    let stay = store::stay_of_pet_for_update(tx, pet.id).await?;
    if stay.as_ref().is_some_and(is_over) {
        return Ok(());
    }
    let before = animal.clone();
    animal_columns(&mut animal, pet);
    if animal != before {
        (animal.version, animal.updated_at) = (animal.version + 1, tx.now());
        shelter_animal::Entity::update(animal.clone().into_active_model().reset_all())
            .exec(tx)
            .await?;
    }
    if let Some(stay) = stay {
        let rules = hold_rules_of(tx, stay.shelter_id).await?;
        let mut change = Change::of(stay.clone(), tx.now(), by);
        if let Some(at) = told.seen_at {
            check_intake(tx, &stay, at).await?;
            change.date_intake(at);
        }
        if let Some(word) = told.intake_type {
            change.correct_intake(kind_of_word(word.as_deref()), word);
        }
        set_hold(&mut change, &animal, &rules)?;
        if *change.stay() != stay {
            change.save(tx).await?;
        }
    }
    Ok(())
}

/// Refuses an intake before the animal left the last time.
async fn check_intake(tx: &Tx, stay: &stay::Model, at: Timestamp) -> Result<()> {
    let mut known = stays_of_animals(tx, &[stay.animal_id]).await?;
    let others = known.remove(&stay.animal_id).unwrap_or_default().into_iter();
    let left = others
        .filter(|other| other.id != stay.id)
        .filter_map(|other| other.outcome_at);
    match left.max() {
        Some(left) if at < left => {
            let message = format!("the animal left on {left}: it cannot have come back before that");
            Err(Error::field("seenAt", FieldCode::OutOfRange, message))
        }
        _ => Ok(()),
    }
}
