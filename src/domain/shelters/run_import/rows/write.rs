//! Writes the rows of a batch: animals, their stays and their reports.

use entity::{
    id::{PetId, ShelterAnimalId},
    pet, shelter_animal,
    vocabulary::{PetKind, PetStatus, StayOutcome},
};
use import_reader::{Aspect, ImportedAnimal};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, EntityTrait, IntoActiveModel, Iterable, ModelTrait, QueryFilter,
    TryIntoModel,
};
use tokio::task::yield_now;

use super::{
    animal,
    batch::{Group, Run, Told},
    insert::inserts_of,
    intake,
    known::{Locked, lock},
    occasion::Occasion,
    places::Places,
    step::{Step, step},
};
use crate::{
    deps::{Deps, Inserts, Tx},
    domain::{
        custody::{self, Change},
        pets::{self, Located},
        shelters::imports::{self, Changed},
    },
    events::PetEvent,
    kernel::Result,
};

/// Number of animals that are worked out before other tasks of the thread have their turn: a millisecond.
const GROUPS_A_TURN: usize = 32;

/// A report that is open and new or changed, and the addresses of its photos.
pub(super) type Live = (PetId, Vec<String>);

/// Writes what changes, and returns what is new and still to be written, with the reports that are open and new or changed.
pub(super) async fn write(
    deps: &Deps,
    tx: &Tx,
    run: &mut Run,
    on: &Occasion,
    groups: &[Group<'_>],
) -> Result<(Inserts, Vec<Live>)> {
    let known: Vec<ShelterAnimalId> = groups.iter().filter_map(|group| Some(group.known?.animal.id)).collect();
    let mut locked = lock(tx, &known).await?;
    let mut writer = Writer {
        deps,
        tx,
        on,
        places: &mut run.places,
        animals: Vec::new(),
        stays: Vec::new(),
        reports: Vec::new(),
        live: Vec::new(),
        changed: Vec::new(),
    };
    for (place, group) in groups.iter().enumerate() {
        if place.is_multiple_of(GROUPS_A_TURN) {
            yield_now().await;
        }
        match group.known {
            None => writer.add(group)?,
            Some(known) => {
                if let Some(locked) = locked.remove(&known.animal.id) {
                    writer.go_on(locked, group, known.is_of(on)).await?;
                }
            }
        }
    }
    writer.finish().await
}

struct Writer<'a> {
    deps: &'a Deps,
    tx: &'a Tx,
    on: &'a Occasion,
    places: &'a mut Places,
    /// New rows, written at the end.
    animals: Vec<shelter_animal::Model>,
    stays: Vec<Change>,
    reports: Vec<pet::ActiveModel>,
    live: Vec<Live>,
    /// What the known animals were, for whoever takes the import back.
    changed: Vec<Changed>,
}

impl Writer<'_> {
    /// An animal that the shelter has not sent before.
    fn add(&mut self, group: &Group<'_>) -> Result<()> {
        let Some(last) = group.rows.last() else { return Ok(()) };
        let row = animal::created(self.deps, self.on, last.animal);
        for (place, told) in group.rows.iter().enumerate() {
            let is_stay = told.animal.kind == PetKind::Sheltered;
            let next = group.rows.get(place + 1).map(|next| next.animal.moment());
            let stay = is_stay.then(|| intake::begun(self.deps, self.on, &row, *told, (told.is_past, next)));
            let report = match told.is_past {
                true => None,
                false => Some(self.new_report(&row, told.animal)?),
            };
            if let Some(mut stay) = stay {
                stay.stay_mut().pet_id = report;
                intake::begin_hold(&mut stay, self.on, &row, told.animal)?;
                self.stays.push(stay);
            }
        }
        self.animals.push(row);
        Ok(())
    }

    /// The rows about an animal that is known, which the import itself may have made.
    async fn go_on(&mut self, mut locked: Locked, group: &Group<'_>, is_own: bool) -> Result<()> {
        let before = (!is_own).then(|| locked.former());
        let former_import_id = locked.animal.import_id;
        for (place, told) in group.rows.iter().enumerate() {
            let is_followed = place + 1 < group.rows.len();
            self.change(&mut locked, *told, is_followed).await?;
        }
        self.changed.push(Changed {
            animal_id: locked.animal.id,
            former_import_id,
            before,
            after: locked.versions(),
        });
        Ok(())
    }

    /// One more row about an animal that is known; `is_followed` if the batch has another one about it.
    async fn change(&mut self, locked: &mut Locked, told: Told<'_>, is_followed: bool) -> Result<()> {
        let row = told.animal;
        let was_missing = locked.animal.import_hash.is_none();
        let step = step(&locked.stays, row, (told.is_past, was_missing), self.on.zone);
        let is_last = |place: usize| place + 1 == locked.stays.len();
        if !told.is_past && !matches!(step, Step::Recall) && !matches!(step, Step::Tell(place) if !is_last(place)) {
            let before = locked.animal.clone();
            animal::describe(&mut locked.animal, self.on, row, false);
            if locked.animal.source.is_empty() {
                locked.animal.source = self.on.source.clone();
            }
            shelter_animal::Entity::update_many()
                .set(difference(&before, &locked.animal))
                .filter(shelter_animal::COLUMN.id.eq(locked.animal.id))
                .exec(self.tx)
                .await?;
        }
        match step {
            Step::Nothing => Ok(()),
            Step::Report => self.report_alone(locked, row, was_missing).await,
            Step::Recall => {
                let later = locked.stays.iter().map(|stay| stay.intake_at);
                let next = later.filter(|at| row.moment() < *at).min();
                let stay = intake::begun(self.deps, self.on, &locked.animal, told, (true, next));
                self.insert_stay(locked, stay, is_followed).await?;
                locked.stays.sort_by_key(|stay| (stay.intake_at, stay.id));
                Ok(())
            }
            Step::Begin => self.begin(locked, told, is_followed).await,
            Step::Tell(place) => self.tell(locked, place, told).await,
        }
    }

    /// A stay begins, and a former one that nobody ended does not go on. An open report goes on and is about the new stay:
    /// that of the former one, since nobody said that the animal was gone, or one of the animal as found.
    async fn begin(&mut self, locked: &mut Locked, told: Told<'_>, is_followed: bool) -> Result<()> {
        let mut stay = intake::begun(self.deps, self.on, &locked.animal, told, (false, None));
        if let Some(last) = locked.stays.last_mut() {
            if !custody::is_over(last) {
                let mut change = Change::of(last.clone(), self.on.now, &self.on.import_id.to_string());
                change.end(StayOutcome::Unknown, stay.stay().intake_at);
                change.stay_mut().pet_id = None;
                *last = change.save(self.tx).await?;
            }
            // It came back after it was missing, so it was away in between.
            let away_until = last.outcome_at.unwrap_or(last.intake_at);
            let intake_at = stay.stay().intake_at.max(away_until);
            stay.stay_mut().intake_at = intake_at;
        }
        intake::begin_hold(&mut stay, self.on, &locked.animal, told.animal)?;
        let open = locked
            .own_report()
            .filter(|report| pets::is_live(report.status))
            .cloned();
        let report = match open {
            Some(report) => {
                let id = report.id;
                self.update_report(locked, report, told.animal, stay.stay().outcome)
                    .await?;
                id
            }
            None => self.insert_report(locked, told.animal, is_followed).await?,
        };
        stay.stay_mut().pet_id = Some(report);
        self.insert_stay(locked, stay, is_followed).await
    }

    /// A new stay of a known animal, written with the other new ones unless the next row may change it.
    async fn insert_stay(&mut self, locked: &mut Locked, stay: Change, is_followed: bool) -> Result<()> {
        locked.stays.push(stay.stay().clone());
        match is_followed {
            true => drop(stay.insert(self.tx).await?),
            false => self.stays.push(stay),
        }
        Ok(())
    }

    /// A row about a stay that is known.
    async fn tell(&mut self, locked: &mut Locked, place: usize, told: Told<'_>) -> Result<()> {
        let row = told.animal;
        let Some(stay) = locked.stays.get(place).cloned() else {
            return Ok(());
        };
        let mut change = Change::of(stay, self.on.now, &self.on.import_id.to_string());
        let was_over = custody::is_over(change.stay());
        change.stay_mut().import_id = Some(self.on.import_id);
        if row.kind == PetKind::Sheltered {
            intake::tell(&mut change, row);
            if !was_over && let Some(stage) = row.stage {
                change.set_stage(stage);
            }
            if !was_over && row.kennel.is_some() {
                change.set_kennel(intake::word(&row.kennel));
            }
            let told = row
                .outcome
                .filter(|outcome| !was_over || *outcome != StayOutcome::Unknown);
            if let Some(outcome) = told {
                let next = locked.stays.get(place + 1).map(|next| next.intake_at);
                let at = row.left_at.or(change.stay().outcome_at).unwrap_or(self.on.now);
                change.end(outcome, intake::not_into(next, at));
            }
        }
        intake::set_hold(&mut change, self.on, &locked.animal, row)?;
        let stay = change.save(self.tx).await?;
        let (report, outcome) = (locked.report_of(stay.pet_id).cloned(), stay.outcome);
        if let Some(known) = locked.stays.get_mut(place) {
            *known = stay;
        }
        match report {
            Some(report) if !told.is_past => self.update_report(locked, report, row, outcome).await,
            _ => Ok(()),
        }
    }

    /// A row about an animal that the shelter does not have: a report that no stay publishes.
    async fn report_alone(&mut self, locked: &mut Locked, row: &ImportedAnimal, was_missing: bool) -> Result<()> {
        match locked.own_report().cloned() {
            Some(report) => {
                let came_anew = row.dated && report.seen_at < row.seen_at;
                let is_over = !pets::is_live(report.status);
                if is_over && pets::is_live(row.status) && (came_anew || was_missing) {
                    self.insert_report(locked, row, true).await?;
                    return Ok(());
                }
                self.update_report(locked, report, row, row.outcome).await
            }
            None => self.insert_report(locked, row, true).await.map(drop),
        }
    }

    /// Writes what is known into a report, which is closed if the animal has left.
    async fn update_report(
        &mut self,
        locked: &mut Locked,
        previous: pet::Model,
        animal: &ImportedAnimal,
        outcome: Option<StayOutcome>,
    ) -> Result<()> {
        let (id, was_live) = (previous.id, pets::is_live(previous.status));
        let is_alone = outcome.is_none() && animal.kind != PetKind::Sheltered;
        let status = match outcome {
            Some(outcome) => custody::status_after(outcome),
            None if is_alone && !pets::is_live(animal.status) => animal.status,
            None => previous.status,
        };
        let place = self.places.of(self.deps, animal)?;
        let mut row = previous.clone().into_active_model();
        if animal.tells(Aspect::Kind) && (is_alone || animal.kind == PetKind::Sheltered) {
            row.kind = Set(animal.kind);
        }
        if !pets::is_live(status) && (was_live || animal.left_at.is_some()) {
            row.closed_at = Set(Some(animal.left_at.unwrap_or(self.on.now)));
        }
        row.status = Set(status);
        row.version = Set(previous.version + 1);
        row.updated_at = Set(self.on.now);
        if animal.dated {
            row.seen_at = Set(animal.seen_at);
        }
        if animal.tells(Aspect::Place) {
            pets::unowned_place_columns(self.deps, &mut row, &place, Some(&previous));
        }
        custody::report_columns(&mut row, &locked.animal, self.on.now);
        pets::note_places(self.deps, self.tx, std::slice::from_ref(&row)).await?;
        let updated = pet::Entity::update(row).exec(self.tx).await?;
        if pets::is_live(updated.status) {
            self.live.push((id, animal.photo_urls.clone()));
        } else if was_live {
            self.tx.announce(PetEvent::PetClosed { pet_id: id });
        }
        locked.report = Some(updated);
        Ok(())
    }

    /// A new report of a known animal, written with the other new ones unless the next row may change it.
    async fn insert_report(
        &mut self,
        locked: &mut Locked,
        animal: &ImportedAnimal,
        is_followed: bool,
    ) -> Result<PetId> {
        let row = self.report_row(&locked.animal, animal, locked.report.as_ref())?;
        let report = row.clone().try_into_model()?;
        let id = report.id;
        if is_followed {
            pets::note_places(self.deps, self.tx, std::slice::from_ref(&row)).await?;
            pet::Entity::insert(row).exec_without_returning(self.tx).await?;
        } else {
            self.reports.push(row);
        }
        if pets::is_live(report.status) {
            self.live.push((id, animal.photo_urls.clone()));
        }
        locked.report = Some(report);
        Ok(id)
    }

    /// A report of a new animal, written with the other new ones.
    fn new_report(&mut self, animal: &shelter_animal::Model, told: &ImportedAnimal) -> Result<PetId> {
        let row = self.report_row(animal, told, None)?;
        let id = *row.id.as_ref();
        if pets::is_live(told.status) {
            self.live.push((id, told.photo_urls.clone()));
        }
        self.reports.push(row);
        Ok(id)
    }

    fn report_row(
        &mut self,
        animal: &shelter_animal::Model,
        told: &ImportedAnimal,
        former: Option<&pet::Model>,
    ) -> Result<pet::ActiveModel> {
        let place: Located = self.places.of(self.deps, told)?;
        let about = (told.kind, told.seen_at);
        let mut row = custody::new_report(self.deps, animal, about, (&place, former), self.on.now);
        if !pets::is_live(told.status) {
            row.status = Set(told.outcome.map_or(PetStatus::Closed, custody::status_after));
            row.closed_at = Set(Some(told.left_at.unwrap_or(told.seen_at)));
        }
        Ok(row)
    }

    /// The new rows and the open reports.
    async fn finish(self) -> Result<(Inserts, Vec<Live>)> {
        imports::record_changes(self.tx, self.on.import_id, self.changed).await?;
        let inserts = inserts_of(self.deps, self.tx, (self.animals, self.reports, self.stays)).await?;
        Ok((inserts, self.live))
    }
}

/// What has to be written: indexes of columns that stay as they are cost nothing then.
fn difference(before: &shelter_animal::Model, after: &shelter_animal::Model) -> shelter_animal::ActiveModel {
    let mut row = after.clone().into_active_model();
    for column in shelter_animal::Column::iter() {
        if before.get(column) != after.get(column) {
            row.reset(column);
        }
    }
    row
}
