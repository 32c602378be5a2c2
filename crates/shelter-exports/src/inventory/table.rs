//! The table: its header, and the rows of an animal.

use chrono_tz::Tz;
use entity::vocabulary::IntakeKind;

use super::{
    columns::{COLUMNS, Column, Line, MICROCHIP, PLACES},
    listed::Listed,
};

/// Whether the reader of the file may see where animals were found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Places {
    /// There are no such columns, and an import of the file leaves the stored places alone.
    Omitted,
    /// Addresses, postal codes and coordinates are in the file.
    Told,
}

/// Whether the reader of the file may see the numbers of microchips.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Chips {
    /// There is no such column, and an import of the file leaves the stored chips alone.
    Omitted,
    /// All numbers are in the file.
    Told,
}

/// How a file is written.
#[derive(Debug, Clone, Copy)]
pub struct Inventory {
    /// Time zone of the shelter: times are told by its clocks, with their offset, and days are its days.
    pub zone: Tz,
    /// Whether places are told.
    pub places: Places,
    /// Whether chips are told.
    pub chips: Chips,
    /// What the reader of the file makes of a shelter's word for an intake, such as `import_reader::listed_intake_kind`. The word
    /// is written only if it is read as the kind that is stored; else the file has a word that is.
    pub intake_kind: fn(&str) -> IntakeKind,
}

impl Inventory {
    /// The titles of the columns.
    pub fn header(&self) -> impl Iterator<Item = &'static str> {
        self.columns().map(|column| column.title)
    }

    /// The rows of an animal, each with a cell for every title.
    pub fn rows<'a>(&'a self, listed: &'a Listed<'a>) -> impl Iterator<Item = Vec<String>> + 'a {
        let line = move |stay| Line {
            listed,
            stay,
            zone: self.zone,
            intake_kind: self.intake_kind,
        };
        let alone = listed.stays.is_empty().then(|| line(None));
        let lines = listed.stays.iter().map(move |stay| line(Some(stay))).chain(alone);
        lines.map(|line| self.columns().map(|column| (column.cell)(&line)).collect())
    }

    fn columns(&self) -> impl Iterator<Item = &'static Column> {
        let places: &[Column] = match self.places {
            Places::Told => &PLACES,
            Places::Omitted => &[],
        };
        let chips = self.chips;
        let told = move |column: &&Column| chips == Chips::Told || column.title != MICROCHIP;
        COLUMNS.iter().filter(told).chain(places)
    }
}
