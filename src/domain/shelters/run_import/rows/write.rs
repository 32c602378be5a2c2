//! Writes the rows of a batch: animals, their stays and their reports.

use entity::{
    id::{PetId, ShelterAnimalId, StayId},
    pet, shelter_animal,
    vocabulary::{PetKind, PetStatus, StayOutcome, StayStage},
};
use import_reader::{Aspect, ImportedAnimal};
use sea_orm::{ActiveModelTrait, ActiveValue::Set, EntityTrait, IntoActiveModel};

use super::{
    animal::{self, cut},
    batch::{Group, Run, Told},
    known::{Locked, lock},
    occasion::Occasion,
    places::Places,
    step::{Step, adds_word, step},
};
use crate::{
    deps::{Deps, Tx},
    domain::{
        custody::{self, Change, Intake},
        pets::{self, Located},
    },
    events::PetEvent,
    kernel::Result,
};

/// Maximum number of rows per insert. Every statement has a power of two of them, so there are only seven different
/// statements, and the database prepares each once.
const INSERTED_AT_ONCE: usize = 64;
/// Maximum length of a shelter's own word in characters.
const LONGEST_WORD: usize = 100;

/// Writes everything; returns the reports that are open and new or changed.
pub(super) async fn write(
    deps: &Deps,
    tx: &Tx,
    run: &mut Run,
    on: &Occasion,
    groups: &[Group<'_>],
) -> Result<Vec<PetId>> {
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
    };
    for group in groups {
        match group.known {
            None => writer.add(group)?,
            Some(known) => {
                let Some(mut locked) = locked.remove(&known.animal.id) else {
                    continue;
                };
                for told in &group.rows {
                    writer.change(&mut locked, *told).await?;
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
    live: Vec<PetId>,
}

impl Writer<'_> {
    /// An animal that the shelter has not sent before.
    fn add(&mut self, group: &Group<'_>) -> Result<()> {
        let Some(last) = group.rows.last() else { return Ok(()) };
        let row = animal::created(self.deps, self.on, last.animal);
        for told in &group.rows {
            let stay = (told.animal.kind == PetKind::Sheltered).then(|| self.begun(row.id, *told, told.is_past));
            let report = match told.is_past {
                true => None,
                false => Some(self.new_report(&row, told.animal, None)?),
            };
            if let Some(mut stay) = stay {
                stay.stay_mut().pet_id = report;
                self.stays.push(stay);
            }
        }
        self.animals.push(row);
        Ok(())
    }

    /// One more row about an animal that is known.
    async fn change(&mut self, locked: &mut Locked, told: Told<'_>) -> Result<()> {
        let row = told.animal;
        let was_missing = locked.animal.import_hash.is_none();
        let step = step(&locked.stays, row, (told.is_past, was_missing), self.on.zone);
        let is_last = |place: usize| place + 1 == locked.stays.len();
        if !told.is_past && !matches!(step, Step::Recall) && !matches!(step, Step::Tell(place) if !is_last(place)) {
            animal::describe(&mut locked.animal, self.on, row, false);
            if locked.animal.source.is_empty() {
                locked.animal.source = self.on.source.clone();
            }
            let animal = locked.animal.clone().into_active_model().reset_all();
            shelter_animal::Entity::update(animal).exec(self.tx).await?;
        }
        match step {
            Step::Nothing => Ok(()),
            Step::Report => self.report_alone(locked, row, was_missing).await,
            Step::Recall => {
                let stay = self.begun(locked.animal.id, told, true).insert(self.tx).await?;
                locked.stays.insert(0, stay);
                locked.stays.sort_by_key(|stay| (stay.intake_at, stay.id));
                Ok(())
            }
            Step::Begin => self.begin(locked, told).await,
            Step::Tell(place) => self.tell(locked, place, told).await,
        }
    }

    /// A stay as a row tells it, ended if it is said to be, or if it must be.
    fn begun(&self, animal: ShelterAnimalId, told: Told<'_>, is_over: bool) -> Change {
        let row = told.animal;
        let at = match (row.dated, row.left_at) {
            (false, Some(left)) => left.min(row.seen_at),
            _ => row.seen_at,
        };
        let intake = Intake {
            at,
            listed_at: row.dated.then_some(row.seen_at),
            kind: row.intake_kind,
            word: word(&row.intake_type),
            stage: row.stage.unwrap_or(StayStage::Intake),
            kennel: word(&row.kennel),
            import_id: Some(self.on.import_id),
        };
        let id = StayId(self.deps.ids.uuid(self.on.now));
        let stay = custody::begun(id, (animal, self.on.shelter_id), intake, self.on.now);
        let mut change = Change::begin(stay, self.on.now, &self.on.import_id.to_string());
        if let Some(outcome) = row.outcome.or(is_over.then_some(StayOutcome::Unknown)) {
            // If the file does not say when an animal left, it counts as gone since its intake.
            change.end(outcome, row.left_at.unwrap_or(at));
        }
        change
    }

    /// A stay begins, and a former one that nobody ended does not go on. An open report goes on and is about the new stay:
    /// that of the former one, since nobody said that the animal was gone, or one of the animal as found.
    async fn begin(&mut self, locked: &mut Locked, told: Told<'_>) -> Result<()> {
        let mut stay = self.begun(locked.animal.id, told, false);
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
            None => {
                let former = locked.report.as_ref().map(|report| report.id);
                self.insert_report(locked, told.animal, former).await?
            }
        };
        stay.stay_mut().pet_id = Some(report);
        locked.stays.push(stay.insert(self.tx).await?);
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
            self.tell_intake(&mut change, row);
            if !was_over && let Some(stage) = row.stage {
                change.set_stage(stage);
            }
            if !was_over && row.kennel.is_some() {
                change.set_kennel(word(&row.kennel));
            }
            let told = row
                .outcome
                .filter(|outcome| !was_over || *outcome != StayOutcome::Unknown);
            if let Some(outcome) = told {
                let at = row.left_at.or(change.stay().outcome_at).unwrap_or(self.on.now);
                change.end(outcome, at);
            }
        }
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

    fn tell_intake(&self, change: &mut Change, row: &ImportedAnimal) {
        if row.tells(Aspect::IntakeType) {
            let said = word(&row.intake_type).filter(|word| adds_word(change.stay(), row, word));
            change.correct_intake(row.intake_kind, said);
        }
        if row.dated {
            if change.stay().listed_intake_at == Some(change.stay().intake_at) {
                change.date_intake(row.seen_at);
            }
            change.stay_mut().listed_intake_at = Some(row.seen_at);
        }
    }

    /// A row about an animal that the shelter does not have: a report that no stay publishes.
    async fn report_alone(&mut self, locked: &mut Locked, row: &ImportedAnimal, was_missing: bool) -> Result<()> {
        let former = locked.report.as_ref().map(|report| report.id);
        match locked.own_report().cloned() {
            Some(report) => {
                let came_anew = row.dated && report.seen_at < row.seen_at;
                let is_over = !pets::is_live(report.status);
                if is_over && pets::is_live(row.status) && (came_anew || was_missing) {
                    self.insert_report(locked, row, former).await?;
                    return Ok(());
                }
                self.update_report(locked, report, row, row.outcome).await
            }
            None => self.insert_report(locked, row, former).await.map(drop),
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
            self.live.push(id);
        } else if was_live {
            self.tx.announce(PetEvent::PetClosed { pet_id: id });
        }
        locked.report = Some(updated);
        Ok(())
    }

    /// A new report of a known animal, written at once.
    async fn insert_report(
        &mut self,
        locked: &mut Locked,
        animal: &ImportedAnimal,
        former: Option<PetId>,
    ) -> Result<PetId> {
        let row = self.report_row(&locked.animal, animal, former)?;
        pets::note_places(self.deps, self.tx, std::slice::from_ref(&row)).await?;
        let report = pet::Entity::insert(row).exec_with_returning(self.tx).await?;
        let id = report.id;
        if pets::is_live(report.status) {
            self.live.push(id);
        }
        locked.report = Some(report);
        Ok(id)
    }

    /// A report of a new animal, written at the end.
    fn new_report(
        &mut self,
        animal: &shelter_animal::Model,
        told: &ImportedAnimal,
        former: Option<PetId>,
    ) -> Result<PetId> {
        let row = self.report_row(animal, told, former)?;
        let id = *row.id.as_ref();
        if pets::is_live(told.status) {
            self.live.push(id);
        }
        self.reports.push(row);
        Ok(id)
    }

    fn report_row(
        &mut self,
        animal: &shelter_animal::Model,
        told: &ImportedAnimal,
        former: Option<PetId>,
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

    /// Writes the new rows, referenced ones first.
    async fn finish(self) -> Result<Vec<PetId>> {
        let Self {
            deps,
            tx,
            mut animals,
            stays,
            mut reports,
            live,
            ..
        } = self;
        pets::note_places(deps, tx, &reports).await?;
        while !animals.is_empty() {
            let rest = animals.split_off(chunk(animals.len()));
            let rows = std::mem::replace(&mut animals, rest);
            let rows = rows.into_iter().map(shelter_animal::Model::into_active_model);
            shelter_animal::Entity::insert_many(rows)
                .exec_without_returning(tx)
                .await?;
        }
        while !reports.is_empty() {
            let rest = reports.split_off(chunk(reports.len()));
            pet::Entity::insert_many(std::mem::replace(&mut reports, rest))
                .exec_without_returning(tx)
                .await?;
        }
        custody::insert_many(tx, stays).await?;
        Ok(live)
    }
}

/// The largest power of two that is at most the number of rows, which is not 0.
fn chunk(rows: usize) -> usize {
    INSERTED_AT_ONCE.min(1 << rows.ilog2())
}

/// A word of the shelter as it is stored.
fn word(word: &Option<String>) -> Option<String> {
    word.as_deref().map(|word| cut(word, LONGEST_WORD))
}
