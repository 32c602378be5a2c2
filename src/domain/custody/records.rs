//! Changes of stays, each of which leaves an event.

use entity::{
    Timestamp, stay, stay_event,
    vocabulary::{IntakeKind, NoticeMethod, StayEventKind, StayOutcome, StayStage},
};
use sea_orm::{ActiveEnum, ActiveModelTrait, ConnectionTrait, EntityTrait, IntoActiveModel};

use super::model::is_same_second;
use crate::{
    deps::{Inserts, Tx},
    events::CustodyEvent,
    kernel::Result,
};

/// A stay that is being changed, and what changes in it.
#[derive(Debug, Clone)]
pub struct Change {
    stay: stay::Model,
    events: Vec<stay_event::Model>,
    now: Timestamp,
    recorded_by: String,
}

impl Change {
    /// A new stay; the intake is its first event.
    pub fn begin(stay: stay::Model, now: Timestamp, recorded_by: &str) -> Self {
        let (kind, at) = (stay.intake_kind.to_value(), stay.intake_at);
        let mut change = Self::of(stay, now, recorded_by);
        change.note(StayEventKind::TakenIn, (None, Some(kind)), at);
        change
    }

    /// A stored stay, which the caller has locked.
    pub fn of(stay: stay::Model, now: Timestamp, recorded_by: &str) -> Self {
        Self {
            stay,
            events: Vec::new(),
            now,
            recorded_by: recorded_by.to_owned(),
        }
    }

    /// The stay as it will be.
    pub fn stay(&self) -> &stay::Model {
        &self.stay
    }

    /// The stay, for columns whose changes are no events.
    pub fn stay_mut(&mut self) -> &mut stay::Model {
        &mut self.stay
    }

    /// Corrects why the animal was taken in.
    pub fn correct_intake(&mut self, kind: IntakeKind, word: Option<String>) {
        if (self.stay.intake_kind, &self.stay.intake_type) == (kind, &word) {
            return;
        }
        let said = |kind: IntakeKind, word: &Option<String>| word.clone().unwrap_or_else(|| kind.to_value());
        let from = said(self.stay.intake_kind, &self.stay.intake_type);
        let to = said(kind, &word);
        self.note(StayEventKind::IntakeCorrected, (Some(from), Some(to)), self.now);
        (self.stay.intake_kind, self.stay.intake_type) = (kind, word);
    }

    /// Corrects when the animal was taken in.
    pub fn date_intake(&mut self, at: Timestamp) {
        if self.stay.intake_at == at {
            return;
        }
        let dates = (Some(self.stay.intake_at.to_string()), Some(at.to_string()));
        self.note(StayEventKind::IntakeCorrected, dates, self.now);
        self.stay.intake_at = at;
    }

    /// Changes what is done with the animal.
    pub fn set_stage(&mut self, stage: StayStage) {
        if self.stay.stage == stage {
            return;
        }
        let stages = (Some(self.stay.stage.to_value()), Some(stage.to_value()));
        self.note(StayEventKind::StageChanged, stages, self.now);
        self.stay.stage = stage;
    }

    /// Changes where the animal is kept.
    pub fn set_kennel(&mut self, kennel: Option<String>) {
        if self.stay.kennel == kennel {
            return;
        }
        let kennels = (self.stay.kennel.clone(), kennel.clone());
        self.note(StayEventKind::Moved, kennels, self.now);
        self.stay.kennel = kennel;
    }

    /// Ends the stay, or corrects how and when it ended. It never ends before it began.
    pub fn end(&mut self, outcome: StayOutcome, at: Timestamp) {
        let at = at.max(self.stay.intake_at);
        let is_known = self.stay.outcome_at.is_some_and(|known| is_same_second(known, at));
        if is_known && self.stay.outcome == Some(outcome) {
            return;
        }
        let kind = match self.stay.outcome {
            None => StayEventKind::Ended,
            Some(_) => StayEventKind::OutcomeCorrected,
        };
        let outcomes = (
            self.stay.outcome.map(|outcome| outcome.to_value()),
            Some(outcome.to_value()),
        );
        self.note(kind, outcomes, at);
        (self.stay.outcome, self.stay.outcome_at) = (Some(outcome), Some(at));
    }

    /// The stay goes on, because what said that it had ended was taken back.
    pub fn go_on(&mut self) {
        let Some(outcome) = self.stay.outcome else { return };
        let outcomes = (Some(outcome.to_value()), None);
        self.note(StayEventKind::OutcomeCorrected, outcomes, self.now);
        (self.stay.outcome, self.stay.outcome_at) = (None, None);
    }

    /// Since when a chip, a tag or the owner is known.
    pub(super) fn identify(&mut self, since: Option<Timestamp>) {
        if self.stay.identified_at == since {
            return;
        }
        let times = (self.stay.identified_at, since);
        self.note_times(StayEventKind::Identified, times);
        self.stay.identified_at = since;
    }

    /// When the owner was told.
    pub(super) fn notify_owner(&mut self, at: Option<Timestamp>) {
        if self.stay.owner_notified_at == at {
            return;
        }
        let times = (self.stay.owner_notified_at, at);
        self.note_times(StayEventKind::OwnerNotified, times);
        self.stay.owner_notified_at = at;
    }

    /// When and how a notice to the owner or to the public was given.
    pub(super) fn give_notice(&mut self, notice: Option<(Timestamp, NoticeMethod)>) {
        let former = self.stay.notice_at.zip(self.stay.notice_method);
        if former == notice {
            return;
        }
        let said = |notice: Option<(Timestamp, NoticeMethod)>| {
            notice.map(|(at, method)| format!("{} {at}", method.to_value()))
        };
        let happened_at = notice.map_or(self.now, |(at, _)| at);
        self.note(StayEventKind::NoticeGiven, (said(former), said(notice)), happened_at);
        (self.stay.notice_at, self.stay.notice_method) = notice.unzip();
    }

    /// Changes until when the animal is kept for its owner; an open end waits for an event. What is over before and after is
    /// no event, such as the hold of an animal that came long before anybody told.
    pub(super) fn set_hold(&mut self, until: Option<Timestamp>, is_open: bool) {
        let now = self.now;
        let (former, was_open) = (self.stay.hold_until, self.stay.hold_open_ended);
        if (former, was_open) == (until, is_open) {
            return;
        }
        let lasts = |until: Option<Timestamp>, is_open: bool| is_open || until.is_some_and(|until| now < until);
        if lasts(former, was_open) || lasts(until, is_open) {
            let ends = (end_as_told(former, was_open), end_as_told(until, is_open));
            self.note(StayEventKind::HoldSet, ends, now);
        }
        (self.stay.hold_until, self.stay.hold_open_ended) = (until, is_open);
    }

    /// Keeps the animal at least until then, also if it was released.
    pub(super) fn extend_hold(&mut self, until: Timestamp, reason: String) {
        let is_released = self.stay.hold_released_at.is_some();
        let known = (self.stay.hold_extended_until, self.stay.hold_extension_reason.as_ref());
        if known == (Some(until), Some(&reason)) && !is_released {
            return;
        }
        let reasons = (self.stay.hold_extension_reason.take(), Some(reason.clone()));
        self.note(StayEventKind::HoldExtended, reasons, self.now);
        (self.stay.hold_extended_until, self.stay.hold_extension_reason) = (Some(until), Some(reason));
        (self.stay.hold_released_at, self.stay.hold_release_reason) = (None, None);
    }

    /// Keeps the animal no longer.
    pub(super) fn release_hold(&mut self, reason: String) {
        let until = end_as_told(self.stay.hold_until, self.stay.hold_open_ended);
        self.note(StayEventKind::HoldReleased, (until, Some(reason.clone())), self.now);
        (self.stay.hold_released_at, self.stay.hold_release_reason) = (Some(self.now), Some(reason));
    }

    /// Notes what became of an adopted animal.
    pub(super) fn check_adoption(&mut self, from: Option<String>, to: String) {
        self.note(StayEventKind::AdoptionChecked, (from, Some(to)), self.now);
    }

    /// When the change happens.
    pub(super) fn now(&self) -> Timestamp {
        self.now
    }

    /// Whether anything happened.
    pub fn has_events(&self) -> bool {
        !self.events.is_empty()
    }

    /// Writes a change of a stored stay, also of columns without events.
    pub async fn save(self, tx: &Tx) -> Result<stay::Model> {
        self.announce(tx);
        let (stay, events) = self.into_rows();
        let stay = stay::Entity::update(stay.into_active_model().reset_all())
            .exec(tx)
            .await?;
        insert_events(tx, events).await?;
        Ok(stay)
    }

    /// Writes a new stay.
    pub async fn insert(self, tx: &Tx) -> Result<stay::Model> {
        self.announce(tx);
        let (stay, events) = self.into_rows();
        let stay = stay::Entity::insert(stay.into_active_model())
            .exec_with_returning(tx)
            .await?;
        insert_events(tx, events).await?;
        Ok(stay)
    }

    /// Announces what happened, to whoever follows the shelter's animals. A stay of which a file tells when it is long over is
    /// news as well.
    fn announce(&self, tx: &Tx) {
        let (shelter_id, stay_ids) = (self.stay.shelter_id, vec![self.stay.id]);
        let happened = |is_it: fn(StayEventKind) -> bool| self.events.iter().any(|event| is_it(event.kind));
        let is_new = happened(|kind| kind == StayEventKind::TakenIn);
        if is_new {
            let stay_ids = stay_ids.clone();
            tx.announce(CustodyEvent::AnimalsTakenIn { shelter_id, stay_ids });
        }
        // What is decided with an intake, such as a hold, is a part of it.
        if !is_new && happened(|kind| kind != StayEventKind::Ended) {
            let stay_ids = stay_ids.clone();
            tx.announce(CustodyEvent::AnimalsChanged { shelter_id, stay_ids });
        }
        if happened(|kind| kind == StayEventKind::Ended) {
            tx.announce(CustodyEvent::AnimalsLeft { shelter_id, stay_ids });
        }
    }

    fn into_rows(mut self) -> (stay::Model, Vec<stay_event::Model>) {
        self.stay.updated_at = self.now;
        (self.stay, self.events)
    }

    fn note_times(&mut self, kind: StayEventKind, (from, to): (Option<Timestamp>, Option<Timestamp>)) {
        let said = |at: Option<Timestamp>| at.map(|at| at.to_string());
        self.note(kind, (said(from), said(to)), to.unwrap_or(self.now));
    }

    fn note(&mut self, kind: StayEventKind, (from, to): (Option<String>, Option<String>), happened_at: Timestamp) {
        self.stay.version += 1;
        self.events.push(stay_event::Model {
            stay_id: self.stay.id,
            number: self.stay.version,
            kind,
            from_value: from,
            to_value: to,
            happened_at,
            recorded_at: self.now,
            recorded_by: self.recorded_by.clone(),
        });
    }
}

/// The end of a hold as events tell it.
fn end_as_told(until: Option<Timestamp>, is_open: bool) -> Option<String> {
    until.map(|until| match is_open {
        true => format!("open from {until}"),
        false => until.to_string(),
    })
}

/// Adds new stays with their events to what is going to be inserted.
pub async fn insert_many(tx: &Tx, changes: Vec<Change>, inserts: &mut Inserts) -> Result<()> {
    let (mut stays, mut events) = (Vec::with_capacity(changes.len()), Vec::with_capacity(changes.len()));
    for change in changes {
        change.announce(tx);
        let (stay, noted) = change.into_rows();
        stays.push(stay.into_active_model());
        events.extend(noted.into_iter().map(stay_event::Model::into_active_model));
    }
    inserts.add(tx.get_database_backend(), stays).await?;
    inserts.add(tx.get_database_backend(), events).await
}

async fn insert_events(tx: &Tx, events: Vec<stay_event::Model>) -> Result<()> {
    let mut inserts = Inserts::default();
    let events = events.into_iter().map(stay_event::Model::into_active_model);
    inserts.add(tx.get_database_backend(), events.collect()).await?;
    inserts.run(tx).await
}
