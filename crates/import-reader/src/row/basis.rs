//! What every row must say of its animal, and what it says of its stay: all that is needed to rank the rows.

use entity::{
    Timestamp,
    vocabulary::{IntakeKind, PetKind, PetStatus, Species},
};
use pet_vocabulary::{SpeciesWord, parse_microchip, parse_species, species_of_breed};

use super::{RowReader, chip_fields};
use crate::{
    CellError, RowWarning,
    aspects::says_nothing,
    formats::Column,
    identity::id_of_content,
    outcome::{Cells, Outcome, words_of},
};

/// Intakes before 2000-01-01 are refused: they are typing errors, or records of animals long gone.
const EARLIEST: Timestamp = Timestamp(946_684_800_000);

/// How far the clock of the machine that wrote a file may be ahead of ours, in milliseconds.
const CLOCKS_DIFFER: i64 = 60 * 60 * 1000;

/// What to do about a word for the species that is not known.
const UNKNOWN_SPECIES: &str = "this species is not known: write Dog, Cat, Rabbit, Bird, Small mammal, Reptile, Horse, \
                               Farm animal or Other; or, if the column does not tell the species, map the one that does \
                               to SPECIES";

/// What every animal needs, and what the row says of its stay.
pub(super) struct Basis {
    pub(super) external_id: String,
    /// Understood, and as it is written.
    pub(super) species: (SpeciesWord, String),
    /// The instant, and whether it comes from the file.
    pub(super) seen_at: (Timestamp, bool),
    pub(super) stay: Stay,
}

/// What a row says of its animal's stay.
pub(super) struct Stay {
    pub(super) kind: PetKind,
    pub(super) outcome: Outcome,
    pub(super) intake_kind: IntakeKind,
    pub(super) kennel: Option<String>,
    pub(super) hold_until: Option<Timestamp>,
}

impl RowReader {
    /// What every animal needs, or all that is wrong with it, and what the row says of its stay.
    pub(super) fn basis(&self, cells: &[String], warnings: &mut Vec<RowWarning>) -> Result<Basis, Vec<CellError>> {
        let mut errors = Vec::new();
        let external_id = keep(self.external_id(cells), &mut errors);
        let species = keep(self.species(cells), &mut errors);
        let seen_at = keep(self.seen_at(cells), &mut errors);
        match (external_id, species, seen_at) {
            (Some(external_id), Some(species), Some(seen_at)) if errors.is_empty() => Ok(Basis {
                external_id,
                stay: self.stay(cells, species.0.dead, seen_at, warnings),
                species,
                seen_at,
            }),
            _ => Err(errors),
        }
    }

    /// What the row says of its animal's stay.
    fn stay(
        &self,
        cells: &[String],
        dead: bool,
        (came_at, dated): (Timestamp, bool),
        warnings: &mut Vec<RowWarning>,
    ) -> Stay {
        let row = Cells {
            header: &self.header,
            cells,
            said: &words_of(&self.header, cells, &self.meanings),
            calendar: &self.calendar,
        };
        let outcome = row.outcome(dead, dated.then_some(came_at), warnings);
        row.note_intake(warnings);
        let in_care = outcome.status == PetStatus::Open && row.kind() == PetKind::Sheltered;
        Stay {
            kind: row.kind(),
            outcome,
            intake_kind: row.intake_kind(),
            kennel: row.kennel().filter(|_| in_care).or_else(|| row.kennel_name()),
            hold_until: row.hold_until(),
        }
    }

    fn external_id(&self, cells: &[String]) -> Result<String, CellError> {
        if !self.header.has(Column::ExternalId) {
            let chip = parse_microchip(self.value(Column::Microchip, cells).unwrap_or_default());
            return Ok(id_of_content(&self.header, cells, &chip_fields(chip).1));
        }
        let id = self
            .value(Column::ExternalId, cells)
            .filter(|id| !matches!(*id, "N/A" | "NULL" | "null"));
        match id {
            None => Err(self.error(Column::ExternalId, None, "the animal has no id")),
            Some(id) if 100 < id.chars().count() => {
                Err(self.error(Column::ExternalId, Some(id), "the id is longer than 100 letters"))
            }
            Some(id) => Ok(id.to_owned()),
        }
    }

    fn species(&self, cells: &[String]) -> Result<(SpeciesWord, String), CellError> {
        let raw = self.value(Column::Species, cells);
        let Some(raw) = raw else {
            return Err(self.error(Column::Species, None, "the species is missing"));
        };
        let usual = || {
            self.header
                .format
                .usual_species
                .filter(|_| !says_nothing(raw))
                .and_then(parse_species)
        };
        let known = self.known_species.recall((), raw, || parse_species(raw).or_else(usual));
        let Some(mut word) = known else {
            return Err(self.error(Column::Species, Some(raw), UNKNOWN_SPECIES));
        };
        if matches!(word.species, Species::Other | Species::Farm)
            && let Some(species) = self.value(Column::Breed, cells).and_then(species_of_breed)
            && species != Species::Other
        {
            word.species = species;
        }
        Ok((word, raw.to_owned()))
    }

    /// The instant, and whether it comes from the file.
    fn seen_at(&self, cells: &[String]) -> Result<(Timestamp, bool), CellError> {
        let column = match self.header.has(Column::IntakeDate) {
            true => Column::IntakeDate,
            false if self.value(Column::Arrival, cells).is_some() => Column::Arrival,
            false => return Ok((self.calendar.today, false)),
        };
        let raw = self.value(column, cells);
        let refuse = |reason: &str| Err(self.error(column, raw, reason));
        let time = self.value(Column::IntakeTime, cells);
        let today = self.calendar.today;
        match self.calendar.parse(column, raw.unwrap_or_default(), time) {
            Err(reason) => refuse(reason),
            Ok(None) => refuse("the date is missing"),
            Ok(Some(seen_at)) if seen_at < EARLIEST => refuse("the date is before the year 2000"),
            Ok(Some(seen_at)) if today.0.saturating_add(CLOCKS_DIFFER) < seen_at.0 => {
                refuse("the date is in the future, read by the shelter's clock: see its timeZone")
            }
            Ok(Some(seen_at)) => Ok((seen_at.min(today), true)),
        }
    }
}

fn keep<T>(result: Result<T, CellError>, errors: &mut Vec<CellError>) -> Option<T> {
    result.map_err(|error| errors.push(error)).ok()
}
