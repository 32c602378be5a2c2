//! Whether a row is a lost, found or sheltered animal, and whether it is still there.
//!
//! The dead are closed whatever else their row says. A word that nobody knows changes nothing and is told.

use entity::{
    Timestamp,
    vocabulary::{Altered, PetKind, PetStatus},
};

use crate::domain::vocabulary::{fold, parse_altered};

use super::{
    Keeping, RowWarning,
    date_text::{Reading, read},
    dates::Calendar,
    header::{Column, Header},
    outcome_words::{is_service, is_wish, movement_number, status_word, tells_death},
};

/// What became of an animal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Outcome {
    pub(super) status: PetStatus,
    /// When it left, if the file says so.
    pub(super) left_at: Option<Timestamp>,
    /// When the last thing happened to it that the row tells, even if it is still there.
    pub(super) event_at: Option<Timestamp>,
    pub(super) keeping: Keeping,
}

/// A row and how its dates are read.
#[derive(Clone, Copy)]
pub(super) struct Cells<'a> {
    pub(super) header: &'a Header,
    pub(super) cells: &'a [String],
    pub(super) calendar: &'a Calendar,
}

/// What the record type, the outcome and the place in the shelter say of the kind of report.
pub(super) fn kind(header: &Header, cells: &[String]) -> PetKind {
    let record_type = header.values(Column::RecordType, cells);
    let status = header.values(Column::Status, cells);
    let kennel = header.values(Column::Kennel, cells);
    let outcome = header.values(Column::Outcome, cells);
    let words = record_type.chain(status).chain(kennel).chain(outcome).map(fold);
    for word in words {
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
    /// What became of the animal. `dead` is what the species column says.
    pub(super) fn outcome(self, dead: bool, warnings: &mut Vec<RowWarning>) -> Outcome {
        let dead = dead || self.is_dead();
        let keeping = self.keeping(dead, warnings);
        let status = if dead || keeping != Keeping::Shelter {
            PetStatus::Closed
        } else {
            self.status(warnings)
        };
        let left_at = match status {
            PetStatus::Open => None,
            _ => self.left_at(warnings),
        };
        Outcome {
            status,
            left_at,
            event_at: self.event_at(),
            keeping,
        }
    }

    /// Whose the animal is; says so when it is somebody's own, since its row is left out of what everybody sees.
    fn keeping(self, dead: bool, warnings: &mut Vec<RowWarning>) -> Keeping {
        let private = self
            .values(Column::Private)
            .find(|cell| parse_altered(cell) == Altered::Yes);
        let service = self.values(Column::IntakeType).find(|cell| is_service(&fold(cell)));
        let (keeping, column, cell) = match (private, service) {
            (Some(cell), _) => (Keeping::Private, Column::Private, cell),
            // Whatever it came for, what died there is no more in the shelter.
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

    /// What the columns for the way out say, if it is understood.
    fn told_outcome(self, warnings: &mut Vec<RowWarning>) -> Option<PetStatus> {
        let outcome = self.value(Column::Outcome).map(|word| (Column::Outcome, word));
        let movement = || {
            let ended = self.is_filled(Column::ReturnDate);
            let word = self.value(Column::Movement).filter(|_| !ended);
            word.map(|word| (Column::Movement, word))
        };
        let (column, word) = outcome.or_else(movement)?;
        let number = || movement_number(word).filter(|_| column == Column::Movement);
        match number().or_else(|| status_word(&fold(word))) {
            Some(PetStatus::Transferred) if self.words(Column::OutcomeSubtype).any(|word| word.contains("adopt")) => {
                Some(PetStatus::Adopted)
            }
            Some(status) => Some(status),
            None => {
                let left = column == Column::Outcome && self.is_filled(Column::OutcomeDate);
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

    /// What the column for the status says, if it is understood.
    fn told_status(self, warnings: &mut Vec<RowWarning>) -> Option<PetStatus> {
        let word = self.value(Column::Status)?;
        let status = status_word(&fold(word));
        if status.is_none() {
            warnings.push(self.warning(Column::Status, word, "this status is not understood: it was left out"));
        }
        status
    }

    fn is_dead(self) -> bool {
        let mut going = [Column::Outcome, Column::OutcomeSubtype, Column::Movement].into_iter();
        let mut coming = [Column::Status, Column::Condition, Column::IntakeType].into_iter();
        self.is_filled(Column::DeceasedDate)
            || self.says(Column::Dead, Altered::Yes)
            || going.any(|column| self.words(column).any(|word| tells_death(&word)))
            || coming.any(|column| self.words(column).any(|word| !is_wish(&word) && tells_death(&word)))
    }

    /// The day of the outcome, unless it lies in the future or makes no sense.
    fn left_at(self, warnings: &mut Vec<RowWarning>) -> Option<Timestamp> {
        let columns = [Column::DeceasedDate, Column::OutcomeDate, Column::MovementDate];
        let (column, date) = columns
            .into_iter()
            .find_map(|column| self.value(column).map(|date| (column, date)))?;
        let time = self
            .value(Column::OutcomeTime)
            .filter(|_| column == Column::OutcomeDate);
        let fault = match self.calendar.parse(column, date, time) {
            Ok(Some(left_at)) if left_at <= self.calendar.today => return Some(left_at),
            Ok(None) => return None,
            Ok(Some(_)) => "the date is in the future",
            Err(reason) => reason,
        };
        warnings.push(self.warning(column, date, &format!("{fault}: it was left out")));
        None
    }

    /// The latest day of the row behind the intake.
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

    /// A cell that says something.
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
mod tests {
    use super::*;
    use crate::{
        domain::shelters::import_file::{Circumstances, dates::Evidence},
        kernel::zone::Zone,
    };

    /// 2026-11-28T12:00:00Z.
    const TODAY: Timestamp = Timestamp(1_795_867_200_000);

    fn read(titles: &str, line: &str) -> (PetKind, Outcome, usize) {
        let cells = |text: &str| text.split(',').map(str::to_owned).collect::<Vec<_>>();
        let (header, cells) = (
            Header::read(&cells(titles)).expect("the header is complete"),
            cells(line),
        );
        let circumstances = Circumstances {
            today: TODAY,
            zone: Zone::UTC,
            country: Some("US".to_owned()),
            order: None,
        };
        let calendar = &Evidence::new(&circumstances)
            .settle(&header, &circumstances)
            .expect("the country tells the order");
        let (header, cells) = (&header, cells.as_slice());
        let row = Cells {
            header,
            cells,
            calendar,
        };
        let mut warnings = Vec::new();
        let outcome = row.outcome(false, &mut warnings);
        (kind(header, cells), outcome, warnings.len())
    }

    fn status(titles: &str, line: &str) -> (PetStatus, usize) {
        let (_, outcome, warnings) = read(titles, line);
        (outcome.status, warnings)
    }

    #[test]
    fn outcomes_close_a_report() {
        let outcome = |word: &str| status("id,type,outcome type", &format!("1,dog,{word}"));
        for (word, status) in [
            ("", PetStatus::Open),
            ("N/A", PetStatus::Open),
            ("FOSTER", PetStatus::Open),
            ("Adoption", PetStatus::Adopted),
            ("Adopted Offsite(Altered)", PetStatus::Adopted),
            ("RETURN TO OWNER", PetStatus::Reunited),
            ("RTO", PetStatus::Reunited),
            ("Euthanasia - RTO", PetStatus::Closed),
            ("Owner Requested Euthanasia", PetStatus::Closed),
            ("REQ EUTH", PetStatus::Closed),
            ("Passed Away", PetStatus::Closed),
            ("DOA - Released to Owner", PetStatus::Closed),
            ("Transfer Out", PetStatus::Transferred),
            ("Return to Habitat", PetStatus::Closed),
            ("LOST EXP", PetStatus::Closed),
            ("Lost in Care", PetStatus::Closed),
            ("Service Out", PetStatus::Closed),
            ("Clinic Out", PetStatus::Closed),
            ("SCRP", PetStatus::Closed),
        ] {
            assert_eq!(outcome(word), (status, 0), "{word}");
        }
    }

    #[test]
    fn what_is_not_understood_changes_nothing_and_is_told() {
        assert_eq!(status("id,type,outcome type", "1,dog,Moonwalk"), (PetStatus::Open, 1));
        assert_eq!(status("id,type,outcome type", "1,dog,7"), (PetStatus::Open, 1));
        assert_eq!(status("id,type,movementtype", "1,dog,77"), (PetStatus::Open, 1));
        assert_eq!(status("id,type,status", "1,dog,whatever"), (PetStatus::Open, 1));
        assert_eq!(
            status("id,type,outcome type,outcome date", "1,dog,Moonwalk,2026-11-03"),
            (PetStatus::Closed, 1)
        );
    }

    #[test]
    fn movements_of_asm3_are_numbers_or_words() {
        for (word, expected) in [
            ("0", PetStatus::Open),
            ("1", PetStatus::Adopted),
            ("2", PetStatus::Open),
            ("3", PetStatus::Transferred),
            ("5", PetStatus::Reunited),
            ("7", PetStatus::Closed),
            ("Reclaimed", PetStatus::Reunited),
            ("Retailer", PetStatus::Open),
        ] {
            assert_eq!(
                status("id,type,movementtype", &format!("1,dog,{word}")),
                (expected, 0),
                "{word}"
            );
        }
        let titles = "id,type,movementtype,movementdate,returndate";
        assert_eq!(
            status(titles, "1,dog,Adoption,2026-10-01,2026-10-09").0,
            PetStatus::Open
        );
    }

    #[test]
    fn a_status_column_keeps_a_report_open_unless_it_says_otherwise() {
        let status = |word: &str| status("id,type,status", &format!("1,dog,{word}")).0;
        assert_eq!(status("Available for adoption"), PetStatus::Open);
        assert_eq!(status("X"), PetStatus::Adopted);
        assert_eq!(status("Deceased"), PetStatus::Closed);
        assert_eq!(status("Passed Away"), PetStatus::Closed);
    }

    #[test]
    fn the_dead_and_the_departed_are_closed_in_whatever_column_it_stands() {
        for (title, cell) in [
            ("intake condition", "DEAD"),
            ("deceaseddate", "2026-11-03"),
            ("isdoa", "1"),
            ("animaleuthanized", "Yes"),
            ("intake type", "Dead on arrival"),
            ("outcome subtype", "DOA"),
            ("in custody", "No"),
            ("outcome date", "2026-11-03"),
        ] {
            let (_, outcome, _) = read(&format!("id,type,{title}"), &format!("1,dog,{cell}"));
            assert_eq!(
                (outcome.status, outcome.keeping),
                (PetStatus::Closed, Keeping::Shelter),
                "{title}"
            );
        }
        assert_eq!(status("id,type,deceaseddate", "1,dog,N/A").0, PetStatus::Open);
        assert_eq!(status("id,type,isdoa,in custody", "1,dog,0,Yes").0, PetStatus::Open);
    }

    #[test]
    fn animals_of_others_are_private() {
        for (titles, cells, keeping) in [
            ("animalnonshelter", "Yes", Keeping::Private),
            ("animalnonshelter", "No", Keeping::Shelter),
            ("intake type", "Service In", Keeping::Visit),
            ("intake type", "S/N CLINIC", Keeping::Visit),
            ("intake type,outcome type", "TREATMENT,TREATMENT", Keeping::Visit),
            ("intake type,outcome type", "SPAY,DIED", Keeping::Private),
            ("intake type", "Stray", Keeping::Shelter),
        ] {
            let (_, outcome, warnings) = read(&format!("id,type,{titles}"), &format!("1,dog,{cells}"));
            assert_eq!(outcome.keeping, keeping, "{titles} {cells}");
            assert_eq!(warnings, usize::from(keeping != Keeping::Shelter), "{titles} {cells}");
        }
    }

    #[test]
    fn a_transfer_to_an_adopter_is_an_adoption() {
        let titles = "id,type,outcome type,outcome subtype";
        assert_eq!(
            status(titles, "1,dog,Transfer Out,Potential Adopter").0,
            PetStatus::Adopted
        );
        assert_eq!(status(titles, "1,dog,Transfer Out,Rescue").0, PetStatus::Transferred);
    }

    #[test]
    fn the_day_of_the_outcome_is_read() {
        let left_at = |date: &str| {
            let (_, outcome, warnings) = read("id,type,outcome type,outcome date", &format!("1,dog,Adoption,{date}"));
            (outcome.left_at.map(|left_at| left_at.to_string()), warnings)
        };
        assert_eq!(left_at("11/03/2026"), (Some("2026-11-03T00:00:00.000Z".to_owned()), 0));
        assert_eq!(left_at("2027-01-01"), (None, 1));
    }

    #[test]
    fn the_latest_day_of_a_row_is_read_though_the_animal_is_still_there() {
        let titles = "id,type,outcome type,outcome date,movementdate,returndate,deceaseddate";
        let event_at = |line: &str| read(titles, line).1.event_at.map(|at| at.to_string());
        let third = Some("2026-11-03T00:00:00.000Z".to_owned());
        assert_eq!(event_at("1,dog,Foster,2026-11-03,,,"), third);
        assert_eq!(event_at("1,dog,,,2026-10-01,2026-11-03,"), third);
        assert_eq!(event_at("1,dog,Adoption,2026-10-01,,,2026-11-03"), third);
        // One in the future is a mistake, or a plan.
        assert_eq!(event_at("1,dog,,,2026-11-03,2026-12-24,"), third);
        assert_eq!(event_at("1,dog,Adoption,,,,"), None);
    }

    #[test]
    fn record_types_tell_lost_from_found() {
        let kind = |word: &str| read("id,type,record type", &format!("1,dog,{word}")).0;
        assert_eq!(kind("LOST"), PetKind::Lost);
        assert_eq!(kind("Found"), PetKind::Found);
        assert_eq!(kind("ADOPTABLE"), PetKind::Sheltered);
        assert_eq!(kind(""), PetKind::Sheltered);
    }

    #[test]
    fn a_wish_for_euthanasia_is_no_death_and_neither_is_that_of_the_owner() {
        let titles = "id,type,intake type";
        assert_eq!(status(titles, "1,dog,Euthanasia Request").0, PetStatus::Open);
        assert_eq!(status(titles, "1,dog,Owner Deceased").0, PetStatus::Open);
        assert_eq!(status(titles, "1,dog,DISPO REQ").0, PetStatus::Closed);
    }
}
