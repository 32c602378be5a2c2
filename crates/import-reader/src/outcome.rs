//! Determines whether a row is a lost, found or sheltered animal, and whether it is still there.
//!
//! Dead animals are closed whatever else their row says. Unknown words change nothing and give a warning.

mod words;

use entity::{
    Timestamp,
    vocabulary::{Altered, PetKind, PetStatus, StayOutcome, StayStage},
};

use pet_vocabulary::{fold, parse_altered};

use self::words::{
    is_for_a_while, is_service, is_wish, movement_number, outcome_word, stage_word, status_word, tells_death,
};
use super::{
    Keeping, RowWarning,
    columns::{Column, Header},
    dates::{
        Calendar,
        text::{Reading, read},
    },
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
    pub(super) calendar: &'a Calendar,
}

/// Kind of report, from the record type, intake, outcome and location within the shelter.
pub(super) fn kind(header: &Header, cells: &[String]) -> PetKind {
    let record_type = header.values(Column::RecordType, cells);
    let status = header.values(Column::Status, cells);
    let kennel = header.values(Column::Kennel, cells);
    let outcome = header.values(Column::Outcome, cells);
    let subtype = header.values(Column::IntakeSubtype, cells);
    let words = record_type.chain(status).chain(kennel).chain(outcome).chain(subtype);
    for word in words.map(fold) {
        match word.as_str() {
            "lost" | "lost exp" => return PetKind::Lost,
            "found" | "found exp" | "found anim" => return PetKind::Found,
            "adoptable" | "stray" => return PetKind::Sheltered,
            _ => {}
        }
    }
    PetKind::Sheltered
}

impl<'a> Cells<'a> {
    /// The animal's outcome. `dead` comes from the species column; `came_at` is the intake, if the file has it:
    /// without it, nobody knows whether the animal left before.
    pub(super) fn outcome(self, dead: bool, came_at: Option<Timestamp>, warnings: &mut Vec<RowWarning>) -> Outcome {
        let dead = dead || self.is_dead();
        let keeping = self.keeping(dead, warnings);
        let status = if dead || keeping != Keeping::Shelter {
            PetStatus::Closed
        } else {
            self.status(warnings)
        };
        let left_at = match status {
            PetStatus::Open => None,
            _ => self.left_at(came_at, warnings),
        };
        Outcome {
            status,
            outcome: self.stay_outcome(status, dead),
            stage: self.stage().filter(|_| status == PetStatus::Open),
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
        let service = self.values(Column::IntakeType).find(|cell| is_service(&fold(cell)));
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
        let status = told.or_else(gone).or_else(|| self.told_status(warnings));
        match status {
            None | Some(PetStatus::Open) if self.says(Column::InCustody, Altered::No) => PetStatus::Closed,
            status => status.unwrap_or(PetStatus::Open),
        }
    }

    /// The outcome according to the outcome columns, if it is understood.
    fn told_outcome(self, warnings: &mut Vec<RowWarning>) -> Option<PetStatus> {
        let outcome = self.value(Column::Outcome).map(|word| (Column::Outcome, word));
        let movement = || {
            let ended = self.is_filled(Column::ReturnDate);
            let word = self.value(Column::Movement).filter(|_| !ended);
            word.map(|word| (Column::Movement, word))
        };
        let (column, word) = outcome.or_else(movement)?;
        let left = column == Column::Outcome && self.is_filled(Column::OutcomeDate);
        let number = || movement_number(word).filter(|_| column == Column::Movement);
        match number().or_else(|| status_word(&fold(word))) {
            Some(PetStatus::Transferred) if self.words(Column::OutcomeSubtype).any(|word| word.contains("adopt")) => {
                Some(PetStatus::Adopted)
            }
            Some(status) => {
                let stays = status == PetStatus::Open && !self.says(Column::InCustody, Altered::No);
                if stays && left && !is_for_a_while(&fold(word)) {
                    let message = "this outcome does not say that the animal left, though it has a date: the animal was left open";
                    warnings.push(self.warning(column, word, message));
                }
                Some(status)
            }
            None => {
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
        let word = self.value(Column::Status)?;
        let status = status_word(&fold(word));
        if status.is_none() {
            warnings.push(self.warning(Column::Status, word, "this status is not understood: it was left out"));
        }
        status
    }

    /// How the animal left, in the terms of Shelter Animals Count.
    fn stay_outcome(self, status: PetStatus, dead: bool) -> Option<StayOutcome> {
        let mut told = [
            Column::Outcome,
            Column::OutcomeSubtype,
            Column::Movement,
            Column::Status,
        ]
        .into_iter()
        .flat_map(|column| self.words(column));
        Some(match status {
            PetStatus::Open | PetStatus::Matched => return None,
            PetStatus::Adopted => StayOutcome::Adopted,
            PetStatus::Reunited => StayOutcome::ReturnedToOwner,
            PetStatus::Transferred => StayOutcome::Transferred,
            PetStatus::Closed | PetStatus::Expired if dead => {
                let euthanized = self.says(Column::Dead, Altered::Yes);
                told.find_map(|word| outcome_word(&word)).unwrap_or(match euthanized {
                    true => StayOutcome::Euthanized,
                    false => StayOutcome::Died,
                })
            }
            PetStatus::Closed | PetStatus::Expired => told
                .find_map(|word| outcome_word(&word))
                .unwrap_or(StayOutcome::Unknown),
        })
    }

    fn stage(self) -> Option<StayStage> {
        let columns = [Column::Outcome, Column::Movement, Column::Status, Column::Kennel];
        columns
            .into_iter()
            .flat_map(|column| self.words(column))
            .find_map(|word| stage_word(&word))
    }

    fn is_dead(self) -> bool {
        let mut going = [Column::Outcome, Column::OutcomeSubtype, Column::Movement].into_iter();
        let mut coming = [
            Column::Status,
            Column::Condition,
            Column::IntakeType,
            Column::IntakeSubtype,
        ]
        .into_iter();
        self.is_filled(Column::DeceasedDate)
            || self.says(Column::Dead, Altered::Yes)
            || going.any(|column| self.words(column).any(|word| tells_death(&word)))
            || coming.any(|column| self.words(column).any(|word| !is_wish(&word) && tells_death(&word)))
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

    /// A cell that is not blank.
    fn value(self, column: Column) -> Option<&'a str> {
        self.header
            .value(column, self.cells)
            .filter(|cell| read(cell) != Reading::Nothing || *cell == "0")
    }

    fn is_filled(self, column: Column) -> bool {
        self.header
            .value(column, self.cells)
            .is_some_and(|cell| read(cell) != Reading::Nothing)
    }

    fn values(self, column: Column) -> impl Iterator<Item = &'a str> {
        self.header.values(column, self.cells)
    }

    fn words(self, column: Column) -> impl Iterator<Item = String> {
        self.values(column).map(fold)
    }

    fn says(self, column: Column, answer: Altered) -> bool {
        self.values(column).any(|cell| parse_altered(cell) == answer)
    }

    fn warning(self, column: Column, value: &str, message: &str) -> RowWarning {
        RowWarning::new(self.header.title_of(column), value, message)
    }
}

#[cfg(test)]
mod tests;
