//! Determines whether a row is a lost, found or sheltered animal, and whether it is still there.
//!
//! Dead animals are closed whatever else their row says. Unknown words change nothing and give a warning.

mod care;
mod said;
mod words;

use entity::{
    Timestamp,
    vocabulary::{Altered, IntakeKind, PetKind, PetStatus, StayOutcome, StayStage},
};

use pet_vocabulary::{fold, parse_altered};

use self::said::Said;
pub(super) use self::said::{Meanings, words_of};
use super::{
    Keeping, RowWarning,
    columns::Header,
    dates::{
        Calendar,
        text::{Reading, is_blank, read},
    },
    formats::{Column, Meaning},
};

/// One day in milliseconds; a date without a time starts before everything that happens on it.
const DAY: i64 = 24 * 60 * 60 * 1000;

/// Outcome for an animal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Outcome {
    pub(super) status: PetStatus,
    /// How it left; `None` while it is there.
    pub(super) outcome: Option<StayOutcome>,
    /// What is done with it while it is there, if the file says so.
    pub(super) stage: Option<StayStage>,
    /// When it left, if the file says so; never before its intake.
    pub(super) left_at: Option<Timestamp>,
    /// When the last event in the row happened, even if the animal is still there.
    pub(super) event_at: Option<Timestamp>,
    pub(super) keeping: Keeping,
}

/// A row and the way to read its dates.
#[derive(Clone, Copy)]
pub(super) struct Cells<'a> {
    pub(super) header: &'a Header,
    pub(super) cells: &'a [String],
    pub(super) said: &'a [Said<'a>],
    pub(super) calendar: &'a Calendar,
}

impl<'a> Cells<'a> {
    /// The animal's outcome. `dead` comes from the species column; `came_at` is the intake, if the file has it:
    /// without it, nobody knows whether the animal left before.
    pub(super) fn outcome(self, dead: bool, came_at: Option<Timestamp>, warnings: &mut Vec<RowWarning>) -> Outcome {
        if let Some(date) = self.value(Column::HoldUntil)
            && let Err(fault) = self.calendar.parse(Column::HoldUntil, date, None)
        {
            warnings.push(self.warning(Column::HoldUntil, date, &format!("{fault}: it was left out")));
        }
        let dead = dead || self.is_dead();
        let keeping = self.keeping(dead, warnings);
        let status = if dead || keeping != Keeping::Shelter {
            PetStatus::Closed
        } else {
            self.status(warnings)
        };
        let in_care = self.kind() == PetKind::Sheltered;
        let left_at = match status {
            PetStatus::Open => None,
            _ => self.left_at(came_at, warnings),
        };
        Outcome {
            status,
            outcome: self.stay_outcome(status, dead).filter(|_| in_care || dead),
            stage: self.stage().filter(|_| status == PetStatus::Open && in_care),
            left_at,
            event_at: self.event_at(),
            keeping,
        }
    }

    /// The keeper of the animal; adds a warning if it has an owner, because its row is then left out of public data.
    fn keeping(self, dead: bool, warnings: &mut Vec<RowWarning>) -> Keeping {
        let private = self
            .values(Column::Private)
            .find(|cell| parse_altered(cell) == Altered::Yes);
        let visits = |said: &&Said<'_>| said.column == Column::IntakeType && said.meaning == Some(Meaning::Visits);
        let service = self.said.iter().find(visits).map(|said| said.word);
        let (keeping, column, cell) = match (private, service) {
            (Some(cell), _) => (Keeping::Private, Column::Private, cell),
            // Whatever it came for, an animal that died there is no longer in the shelter.
            (None, Some(cell)) if dead => (Keeping::Private, Column::IntakeType, cell),
            (None, Some(cell)) => (Keeping::Visit, Column::IntakeType, cell),
            (None, None) => return Keeping::Shelter,
        };
        let message = if keeping == Keeping::Visit {
            "the animal is somebody's own and came for a service: this visit was not taken in, and a stay of \
             it is left as it is"
        } else {
            "the animal is somebody's own and not for the public: it was not taken in, and closed if it was here"
        };
        warnings.push(self.warning(column, cell, message));
        keeping
    }

    fn status(self, warnings: &mut Vec<RowWarning>) -> PetStatus {
        let told = self.told_outcome(warnings);
        let gone = || self.is_filled(Column::OutcomeDate).then_some(PetStatus::Closed);
        let over = || self.told_report().filter(|status| *status != PetStatus::Open);
        let status = told
            .or_else(over)
            .or_else(gone)
            .or_else(|| self.told_status(warnings))
            .or_else(|| self.told_report());
        match status {
            None | Some(PetStatus::Open) if self.says(Column::InCustody, Altered::No) => PetStatus::Closed,
            status => status.unwrap_or(PetStatus::Open),
        }
    }

    /// The outcome, or the movement unless it has ended or is a trial. A transfer may turn out to be something else.
    fn departure(self) -> Option<Said<'a>> {
        let movement = || {
            let ended = self.is_filled(Column::ReturnDate) || self.says(Column::Trial, Altered::Yes);
            self.first(Column::Movement).filter(|_| !ended)
        };
        let said = self.first(Column::Outcome).or_else(movement)?;
        let really = || {
            let mut subtypes = self.meanings(Column::OutcomeSubtype);
            subtypes.find(|meaning| matches!(meaning, Meaning::Left(StayOutcome::Adopted | StayOutcome::Released)))
        };
        let meaning = match said.meaning {
            Some(Meaning::Left(StayOutcome::Transferred)) => really().or(said.meaning),
            meaning => meaning,
        };
        Some(Said { meaning, ..said })
    }

    /// The outcome according to the outcome columns, if it is understood.
    fn told_outcome(self, warnings: &mut Vec<RowWarning>) -> Option<PetStatus> {
        let Said { column, word, meaning } = self.departure()?;
        let left = column == Column::Outcome && self.is_filled(Column::OutcomeDate);
        match meaning {
            Some(Meaning::Left(outcome)) => Some(status_after(outcome)),
            Some(Meaning::Reported(_, status)) => Some(status),
            Some(Meaning::Stays(stage)) => {
                if left && stage != Some(StayStage::Foster) && !self.says(Column::InCustody, Altered::No) {
                    let message = "this outcome does not say that the animal left, though it has a date: the animal was left open";
                    warnings.push(self.warning(column, word, message));
                }
                Some(PetStatus::Open)
            }
            Some(Meaning::Came(_) | Meaning::Visits) | None => {
                let message = if left {
                    "this outcome is not understood: the animal was closed, because the file says when it left"
                } else {
                    "this outcome is not understood: it was left out"
                };
                warnings.push(self.warning(column, word, message));
                None
            }
        }
    }

    /// The outcome according to the status column, if it is understood.
    fn told_status(self, warnings: &mut Vec<RowWarning>) -> Option<PetStatus> {
        let said = self.first(Column::Status)?;
        let status = said.meaning.and_then(status_of);
        if status.is_none() {
            let message = "this status is not understood: it was left out";
            warnings.push(self.warning(Column::Status, said.word, message));
        }
        status
    }

    /// How the report stands according to the kind of record.
    fn told_report(self) -> Option<PetStatus> {
        self.meanings(Column::RecordType).find_map(status_of)
    }

    /// How the animal left, in the terms of Shelter Animals Count.
    fn stay_outcome(self, status: PetStatus, dead: bool) -> Option<StayOutcome> {
        let departure = self.departure().and_then(|said| said.meaning);
        let further = [Column::OutcomeSubtype, Column::Status].into_iter();
        let told = departure
            .into_iter()
            .chain(further.flat_map(|column| self.meanings(column)));
        let mut told = told.filter_map(|meaning| match meaning {
            Meaning::Left(outcome) => Some(outcome),
            _ => None,
        });
        Some(match status {
            PetStatus::Open | PetStatus::Matched => return None,
            PetStatus::Adopted => StayOutcome::Adopted,
            PetStatus::Reunited => StayOutcome::ReturnedToOwner,
            PetStatus::Transferred => StayOutcome::Transferred,
            PetStatus::Closed | PetStatus::Expired if dead => self.death(told.find(|outcome| is_death(*outcome))),
            PetStatus::Closed | PetStatus::Expired => told.next().unwrap_or(StayOutcome::Unknown),
        })
    }

    /// How it died. One that was brought to be put to sleep was put to sleep at its owner's wish.
    fn death(self, told: Option<StayOutcome>) -> StayOutcome {
        let put_to_sleep = self.says(Column::PutToSleep, Altered::Yes);
        match told.unwrap_or(StayOutcome::Died) {
            outcome if self.header.format.verbatim => outcome,
            StayOutcome::Died if !put_to_sleep => StayOutcome::Died,
            StayOutcome::Died | StayOutcome::Euthanized => match self.intake_kind() {
                IntakeKind::OwnerIntendedEuthanasia => StayOutcome::OwnerIntendedEuthanasia,
                _ => StayOutcome::Euthanized,
            },
            outcome => outcome,
        }
    }

    fn is_dead(self) -> bool {
        let dies = |meaning| matches!(meaning, Some(Meaning::Left(outcome)) if is_death(outcome));
        self.is_filled(Column::DeceasedDate)
            || [Column::Dead, Column::PutToSleep]
                .into_iter()
                .any(|column| self.values(column).any(says_dead))
            || self.said.iter().any(|said| dies(said.meaning))
    }

    /// The date of the outcome, unless it is in the future or implausible.
    fn left_at(self, came_at: Option<Timestamp>, warnings: &mut Vec<RowWarning>) -> Option<Timestamp> {
        let columns = [Column::DeceasedDate, Column::OutcomeDate, Column::MovementDate];
        let (column, date) = columns
            .into_iter()
            .find_map(|column| self.value(column).map(|date| (column, date)))?;
        let time = self
            .value(Column::OutcomeTime)
            .filter(|_| column == Column::OutcomeDate);
        let fault = match self.calendar.parse(column, date, time) {
            Ok(Some(left_at)) if left_at <= self.calendar.today => {
                if came_at.is_some_and(|came_at| left_at.0.saturating_add(DAY) <= came_at.0) {
                    let message = "the date is before the intake: the animal counts as gone since its intake";
                    warnings.push(self.warning(column, date, message));
                }
                return Some(came_at.map_or(left_at, |came_at| left_at.max(came_at)));
            }
            Ok(None) => return None,
            Ok(Some(_)) => "the date is in the future",
            Err(reason) => reason,
        };
        warnings.push(self.warning(column, date, &format!("{fault}: it was left out")));
        None
    }

    /// The latest date in the row after the intake.
    fn event_at(self) -> Option<Timestamp> {
        let columns = [
            (Column::OutcomeDate, self.value(Column::OutcomeTime)),
            (Column::DeceasedDate, None),
            (Column::MovementDate, None),
            (Column::ReturnDate, None),
        ];
        let dates = columns.into_iter().filter_map(|(column, time)| {
            let date = self.calendar.parse(column, self.value(column)?, time);
            date.ok().flatten()
        });
        dates.filter(|date| *date <= self.calendar.today).max()
    }

    /// The first word of a column.
    fn first(self, column: Column) -> Option<Said<'a>> {
        self.said.iter().find(|said| said.column == column).copied()
    }

    /// What the words of a column mean, as far as they are understood.
    fn meanings(self, column: Column) -> impl Iterator<Item = Meaning> {
        let said = self.said.iter().filter(move |said| said.column == column);
        said.filter_map(|said| said.meaning)
    }

    /// A cell that is not blank.
    fn value(self, column: Column) -> Option<&'a str> {
        self.header.value(column, self.cells).filter(|cell| !is_blank(cell))
    }

    fn is_filled(self, column: Column) -> bool {
        self.header
            .value(column, self.cells)
            .is_some_and(|cell| read(cell) != Reading::Nothing)
    }

    fn values(self, column: Column) -> impl Iterator<Item = &'a str> {
        self.header.values(column, self.cells)
    }

    fn says(self, column: Column, answer: Altered) -> bool {
        self.values(column).any(|cell| parse_altered(cell) == answer)
    }

    fn warning(self, column: Column, value: &str, message: &str) -> RowWarning {
        RowWarning::new(self.header.title_of(column), value, message)
    }
}

/// "Yes", or a word such as "dead on intake".
fn says_dead(cell: &str) -> bool {
    parse_altered(cell) == Altered::Yes || fold(cell).starts_with("dead")
}

fn is_death(outcome: StayOutcome) -> bool {
    let deaths = [
        StayOutcome::Died,
        StayOutcome::Euthanized,
        StayOutcome::OwnerIntendedEuthanasia,
    ];
    deaths.contains(&outcome)
}

fn status_after(outcome: StayOutcome) -> PetStatus {
    match outcome {
        StayOutcome::Adopted => PetStatus::Adopted,
        StayOutcome::ReturnedToOwner => PetStatus::Reunited,
        StayOutcome::Transferred => PetStatus::Transferred,
        _ => PetStatus::Closed,
    }
}

fn status_of(meaning: Meaning) -> Option<PetStatus> {
    match meaning {
        Meaning::Stays(_) => Some(PetStatus::Open),
        Meaning::Left(outcome) => Some(status_after(outcome)),
        Meaning::Reported(_, status) => Some(status),
        Meaning::Came(_) | Meaning::Visits => None,
    }
}

#[cfg(test)]
mod tests;
