//! Gives the animals that an import changed back what they were before.

use entity::{
    id::{ImportId, PetId, ShelterAnimalId},
    import, import_change, pet, shelter_animal, stay,
    vocabulary::{PetStatus, StayOutcome},
};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder, QuerySelect,
};

use super::{
    BATCH,
    held::{Held, lock},
    stage::Counts,
};
use crate::{
    deps::{Deps, Tx},
    domain::{
        custody::{self, Change, HoldRules},
        pets,
        shelters::imports::{self, Former, Restored, Versions},
    },
    events::PetEvent,
    kernel::Result,
};

/// Takes the next changes back, unless somebody has touched the animals since; `None` if there are no more.
pub(super) async fn take_back(deps: &Deps, tx: &Tx, import: &import::Model) -> Result<Option<Counts>> {
    let changes = import_change::Entity::find()
        .filter(import_change::COLUMN.import_id.eq(import.id))
        .order_by_asc(import_change::Column::AnimalId)
        .limit(BATCH)
        .all(tx)
        .await?;
    if changes.is_empty() {
        return Ok(None);
    }
    let ids: Vec<ShelterAnimalId> = changes.iter().map(|change| change.animal_id).collect();
    let mut held = lock(tx, &ids).await?;
    let restorer = Restorer {
        deps,
        tx,
        by: import.undone_by.as_deref().unwrap_or_default(),
        holds: custody::hold_rules_of(tx, import.shelter_id).await?,
    };
    let (mut counts, mut restored) = (Counts::default(), Vec::new());
    for change in &changes {
        // What has nothing before it was made by the import, and was looked at already.
        let Some(before) = &change.before else { continue };
        let (before, after): (Former, Versions) = (serde_json::from_str(before)?, serde_json::from_str(&change.after)?);
        match held.remove(&change.animal_id).filter(|held| held.is_as_left(&after)) {
            Some(held) => {
                restored.push((change.animal_id, before.animal.import_id, before.versions()));
                restorer.restore(held, before).await?;
                counts.undone += 1;
            }
            None => counts.left_changed += 1,
        }
    }
    hand_on(tx, import, restored).await?;
    import_change::Entity::delete_many()
        .filter(import_change::COLUMN.import_id.eq(import.id))
        .filter(import_change::COLUMN.animal_id.is_in(ids))
        .exec(tx)
        .await?;
    Ok(Some(counts))
}

/// An animal that was restored, the import that had listed it last before, and the versions that it had then.
type Found = (ShelterAnimalId, Option<ImportId>, Versions);

/// The versions that the animals have now are those that the import before this one is to find.
async fn hand_on(tx: &Tx, import: &import::Model, restored: Vec<Found>) -> Result<()> {
    if restored.is_empty() {
        return Ok(());
    }
    let ids: Vec<ShelterAnimalId> = restored.iter().map(|(id, ..)| *id).collect();
    let held = lock(tx, &ids).await?;
    let restored = restored.into_iter().filter_map(|(animal_id, import_id, found)| {
        Some(Restored {
            animal_id,
            import_id,
            found,
            now: held.get(&animal_id)?.versions(),
        })
    });
    let restored: Vec<Restored> = restored.collect();
    imports::hand_on(tx, import.id, restored).await
}

struct Restorer<'a> {
    deps: &'a Deps,
    tx: &'a Tx,
    /// Who had the import taken back.
    by: &'a str,
    /// How long the shelter keeps animals for their owners now.
    holds: HoldRules,
}

impl Restorer<'_> {
    async fn restore(&self, held: Held, before: Former) -> Result<()> {
        let mut animal = before.animal.clone();
        (animal.version, animal.updated_at) = (held.animal.version + 1, self.tx.now());
        shelter_animal::Entity::update(animal.clone().into_active_model().reset_all())
            .exec(self.tx)
            .await?;
        // An animal has one stay at a time, and a report belongs to one stay: those that never were make room first.
        for stay in held.stays.iter().filter(|stay| before.stay(stay).is_none()) {
            self.never_was(stay, &before).await?;
        }
        let anew = self.restore_report(&held, &before, &animal).await?;
        for stay in held.stays {
            if let Some(former) = before.stay(&stay) {
                self.restore_stay((stay, former), &animal, anew).await?;
            }
        }
        Ok(())
    }

    /// A stay that the import began, perhaps with the report that the animal had before.
    async fn never_was(&self, stay: &stay::Model, before: &Former) -> Result<()> {
        let mut change = Change::of(stay.clone(), self.tx.now(), self.by);
        change.end(StayOutcome::Undone, self.tx.now());
        let former = before.report.as_ref().map(|report| report.id);
        if former.is_some() && stay.pet_id == former {
            change.stay_mut().pet_id = None;
        }
        change.save(self.tx).await?;
        Ok(())
    }

    /// A stay that was there before. If it goes on and its report has ended, it publishes the new one. Its hold is computed
    /// anew: the import may have told another intake or a chip, and while it was over, no change of the rules reached it.
    async fn restore_stay(
        &self,
        (stay, former): (stay::Model, &stay::Model),
        animal: &shelter_animal::Model,
        anew: Option<(PetId, PetId)>,
    ) -> Result<()> {
        let mut change = Change::of(stay.clone(), self.tx.now(), self.by);
        change.correct_intake(former.intake_kind, former.intake_type.clone());
        change.date_intake(former.intake_at);
        change.set_stage(former.stage);
        change.set_kennel(former.kennel.clone());
        match (former.outcome, former.outcome_at) {
            (Some(outcome), Some(at)) => change.end(outcome, at),
            _ => change.go_on(),
        }
        let row = change.stay_mut();
        row.listed_intake_at = former.listed_intake_at;
        row.import_id = former.import_id;
        row.identified_at = former.identified_at;
        row.hold_extended_until = former.hold_extended_until;
        row.hold_extension_reason = former.hold_extension_reason.clone();
        row.pet_id = match anew {
            Some((ended, new)) if former.pet_id == Some(ended) && former.outcome.is_none() => Some(new),
            _ => former.pet_id,
        };
        custody::set_hold(&mut change, animal, &self.holds)?;
        if *change.stay() != stay {
            change.save(self.tx).await?;
        }
        Ok(())
    }

    /// The report that the animal had before says again what it said. What is over stays over: if the import closed it, a
    /// new one is published that points to it; then both ids are returned. Reports that the import published are closed.
    async fn restore_report(
        &self,
        held: &Held,
        before: &Former,
        animal: &shelter_animal::Model,
    ) -> Result<Option<(PetId, PetId)>> {
        let former_id = before.report.as_ref().map(|report| report.id);
        for report in &held.reports {
            let is_new = before.animal.updated_at <= report.reported_at && Some(report.id) != former_id;
            if is_new && pets::is_live(report.status) {
                pets::close(self.tx, report.clone(), PetStatus::Closed).await?;
            }
        }
        let Some(former) = &before.report else { return Ok(None) };
        let Some(now) = held.reports.iter().find(|report| report.id == former.id) else {
            return Ok(None);
        };
        if pets::is_live(former.status) && !pets::is_live(now.status) {
            return Ok(Some((former.id, self.publish(former, now, animal).await?)));
        }
        let mut row = former.clone().into_active_model().reset_all();
        if pets::is_live(now.status) {
            row.status = Set(now.status);
        }
        row.visibility = Set(now.visibility);
        row.version = Set(now.version + 1);
        row.updated_at = Set(self.tx.now());
        custody::report_columns(&mut row, animal, self.tx.now());
        pets::note_places(self.deps, self.tx, std::slice::from_ref(&row)).await?;
        pet::Entity::update(row).exec(self.tx).await?;
        self.tx.announce(PetEvent::PetChanged { pet_id: former.id });
        Ok(None)
    }

    /// A report like a former one, which has ended.
    async fn publish(&self, former: &pet::Model, ended: &pet::Model, animal: &shelter_animal::Model) -> Result<PetId> {
        let id = PetId(self.deps.ids.uuid(self.tx.now()));
        let mut row = former.clone().into_active_model().reset_all();
        row.id = Set(id);
        row.status = Set(PetStatus::Open);
        row.closed_at = Set(None);
        row.former_pet_id = Set(Some(former.id));
        row.visibility = Set(ended.visibility);
        (row.reported_at, row.updated_at) = (Set(self.tx.now()), Set(self.tx.now()));
        row.version = Set(1);
        custody::report_columns(&mut row, animal, self.tx.now());
        pets::note_places(self.deps, self.tx, std::slice::from_ref(&row)).await?;
        pet::Entity::insert(row).exec_without_returning(self.tx).await?;
        self.tx.announce(PetEvent::PetReported { pet_id: id });
        Ok(id)
    }
}
