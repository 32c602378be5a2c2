//! What a header says beyond its titles: what stands beside the place, which id there is, and which column holds species.

use pet_vocabulary::{WeightUnit, names_species};

use super::{beside::beside_place, by_words::by_words, header::Header, title::key};
use crate::formats::{Column, GENERIC};

/// A column without a known title is that of the species if it has at least this many cells, all of which are species.
const ENOUGH_CELLS: usize = 3;

/// A line with fewer titles is no header but a heading.
const FEWEST_TITLES: usize = 3;

impl Header {
    /// Adds what the titles of a table of somebody's own say by their words and together. `is_said` tells whether the
    /// shelter has said something of the column with a title.
    pub(super) fn complete(&mut self, is_said: impl Fn(&str) -> bool) {
        if !std::ptr::eq(self.format, &raw const GENERIC) {
            return;
        }
        self.read_words(is_said);
        if !self.has(Column::ExternalId)
            && let Some(index) = self.first_of(Column::AlternativeId)
        {
            // The number of a stay or a case is better than none.
            self.take(index, Column::ExternalId);
        }
        let place = self
            .first_of(Column::FoundPlace)
            .or_else(|| self.first_of(Column::Location));
        for index in place.into_iter().flat_map(|place| [place + 1, place + 2]) {
            let title = self.title(index).map(key).unwrap_or_default();
            match beside_place(&title) {
                Some(column) if !self.reads(index) && !self.has(column) => self.take(index, column),
                _ => return,
            }
        }
    }

    /// Takes titles that nobody knows for what their words say, if no other column means that.
    fn read_words(&mut self, is_said: impl Fn(&str) -> bool) {
        let titles = self.titles().iter().filter(|title| !title.is_empty()).count();
        for index in 0..self.readable() {
            let title = self.title(index).unwrap_or_default();
            let is_free = !self.reads(index) && !self.is_private(index) && !is_said(&key(title));
            if let Some(column) = by_words(title).filter(|_| is_free && FEWEST_TITLES <= titles)
                && !self.has(column)
            {
                self.take(index, column);
            }
        }
    }

    /// Finds the unit of weights that tell none: that of all others, or else the usual one of the country or language.
    pub(crate) fn find_unit<'a>(&mut self, records: impl Iterator<Item = &'a [String]>, is_metric: bool) {
        let units: Vec<WeightUnit> = records
            .flat_map(|cells| self.values(Column::Weight, cells))
            .filter_map(unit_in)
            .collect();
        let first = units.first().copied();
        let shared = first.filter(|first| units.iter().all(|unit| unit == first));
        let usual = (is_metric || self.language.is_some()).then_some(WeightUnit::Kilogram);
        self.usual_unit = shared.or(usual);
    }

    /// Finds the species by what the cells say, if no title does. `is_said` tells whether the shelter has said something of
    /// the column with a title.
    pub(crate) fn find_species<'a>(
        &mut self,
        records: impl Iterator<Item = &'a [String]> + Clone,
        is_said: impl Fn(&str) -> bool,
    ) {
        if self.has(Column::Species) || !self.reads_any() {
            return;
        }
        let holds_species = |index: usize| {
            let cells = records.clone().filter_map(|cells| cells.get(index));
            let mut cells = cells.map(|cell| cell.trim()).filter(|cell| !cell.is_empty()).peekable();
            let mut count = 0;
            let are_species = cells.all(|cell| {
                count += 1;
                let english = self
                    .language
                    .and_then(|language| language.in_english(Column::Species, cell));
                names_species(english.as_deref().unwrap_or(cell))
            });
            are_species && ENOUGH_CELLS <= count
        };
        let is_free = |index: &usize| {
            let title = self.title(*index).map(key).unwrap_or_default();
            !self.reads(*index) && !self.is_private(*index) && !is_said(&title)
        };
        let found = (0..self.readable()).filter(is_free).find(|index| holds_species(*index));
        if let Some(index) = found {
            self.take(index, Column::Species);
        }
    }
}

/// The first unit in a cell.
fn unit_in(cell: &str) -> Option<WeightUnit> {
    let mut words = cell.split(|letter: char| !letter.is_alphabetic());
    words.find_map(WeightUnit::parse)
}
