//! Recognises a file by its header and finds the columns to read.
//!
//! Titles are compared without case and punctuation. A column that no alias names is never read unless the shelter says
//! what it means, which keeps private columns (hidden notes, people, owners' addresses, behaviour) out.

use pet_vocabulary::WeightUnit;

use super::{
    aliases::{aliases, is_known},
    mapping::Mapping,
    private::is_private,
    title::{MOST_TITLES, key, keys},
};
use crate::{
    FileError,
    formats::{self, Column, Format, GENERIC},
    languages::{Language, language_of},
    records::{Record, restored},
};

/// The columns of one file.
#[derive(Debug)]
pub(crate) struct Header {
    pub(crate) format: &'static Format,
    /// The language of its words, if it is not English.
    pub(crate) language: Option<&'static Language>,
    /// The unit of weights without one; pounds if it is not known.
    pub(crate) usual_unit: Option<WeightUnit>,
    titles: Vec<String>,
    /// Positions of each column that is there, the preferred title first. So few are looked through faster than hashed.
    columns: Vec<(Column, Vec<usize>)>,
    /// Positions of those that are private in the systems that write them, whatever the shelter takes them for.
    private: Vec<usize>,
}

/// Columns that are read only for single keywords, so the rest of their content is lost.
const READ_IN_PART: [Column; 1] = [Column::OutcomeSubtype];

/// A record with a species is a header if it has this many known titles.
const KNOWN_TITLES: usize = 3;

impl Header {
    /// Reads the titles; refuses those that are read and stand for two different columns.
    pub(crate) fn of(cells: &[String], mapping: &Mapping) -> Result<Self, FileError> {
        let keys = keys(cells);
        let format = formats::recognise(&keys);
        let mut header = Self {
            format,
            language: Some(&keys)
                .filter(|_| std::ptr::eq(format, &raw const GENERIC))
                .and_then(|keys| language_of(keys)),
            usual_unit: None,
            titles: cells.iter().map(|title| title.trim().to_owned()).collect(),
            columns: columns(format, &keys, cells, mapping)?,
            private: Vec::new(),
        };
        let is_unread = |key: &str| aliases(format).all(|(_, alias)| alias != key);
        let private = keys
            .iter()
            .enumerate()
            .filter(|(_, key)| is_private(key) && is_unread(key));
        header.private = private.map(|(index, _)| index).collect();
        header.complete(|title| mapping.says_of(title));
        header.correct(&keys, mapping)?;
        Ok(header)
    }

    /// Takes a column for what it has not been taken for yet, and for nothing else, behind others with that meaning.
    pub(super) fn take(&mut self, index: usize, meaning: Column) {
        for (_, positions) in &mut self.columns {
            positions.retain(|position| *position != index);
        }
        match self.columns.iter_mut().find(|(column, _)| *column == meaning) {
            Some((_, positions)) => positions.push(index),
            None => self.columns.push((meaning, vec![index])),
        }
        self.columns.retain(|(_, positions)| !positions.is_empty());
        self.private.retain(|private| *private != index);
    }

    /// The preferred column with that meaning.
    pub(super) fn first_of(&self, column: Column) -> Option<usize> {
        self.positions(column).first().copied()
    }

    /// Whether any column is read.
    pub(super) fn reads_any(&self) -> bool {
        !self.columns.is_empty()
    }

    /// The cells of a record with the words that the reader has to understand put into English; `None` if they are
    /// understood as they are.
    pub(crate) fn in_english(&self, cells: &[String]) -> Option<Vec<String>> {
        let language = self.language?;
        let mut english = cells.to_vec();
        for (column, positions) in &self.columns {
            for index in positions {
                if let Some(cell) = english.get_mut(*index)
                    && let Some(words) = language.in_english(*column, cell)
                {
                    *cell = words;
                }
            }
        }
        Some(english)
    }

    /// Refuses files without a known title or without a species.
    pub(crate) fn check(&self) -> Result<(), FileError> {
        if self.columns.is_empty() {
            return Err(FileError::NoTitles(listed(&self.titles)));
        }
        if !self.has(Column::Species) {
            return Err(FileError::NoSpecies(listed(&self.titles)));
        }
        Ok(())
    }

    #[cfg(test)]
    pub(crate) fn read(cells: &[String]) -> Result<Self, FileError> {
        let header = Self::of(cells, &Mapping::default())?;
        header.check().map(|()| header)
    }

    /// Takes columns for what the shelter says, before others with that meaning. What it says is not news if the column
    /// is taken for just that anyway.
    fn correct(&mut self, keys: &[String], mapping: &Mapping) -> Result<(), FileError> {
        for (index, title) in keys.iter().enumerate().rev() {
            let Some(said) = mapping.of(title) else { continue };
            if said.meaning.is_some() && self.column_at(index) == said.meaning {
                continue;
            }
            if said.meaning.is_some() && 1 < keys.iter().filter(|key| *key == title).count() {
                let title = self.title(index).unwrap_or_default().to_owned();
                return Err(FileError::DuplicateColumn(title));
            }
            for (_, positions) in &mut self.columns {
                positions.retain(|position| *position != index);
            }
            let Some(meaning) = said.meaning else { continue };
            match self.columns.iter_mut().find(|(column, _)| *column == meaning) {
                Some((_, positions)) => positions.insert(0, index),
                None => self.columns.push((meaning, vec![index])),
            }
        }
        self.columns.retain(|(_, positions)| !positions.is_empty());
        Ok(())
    }

    /// Reads none of the columns with these meanings.
    pub(crate) fn forget(&mut self, forgotten: &[Column]) {
        self.columns.retain(|(column, _)| !forgotten.contains(column));
    }

    /// Whether a record is surely a header: that of a vendor, one with a species and more that is known, or one with all
    /// titles of which the shelter says something.
    pub(crate) fn is_one(cells: &[String], mapping: &Mapping) -> bool {
        let keys = keys(cells);
        let is_vendor = !std::ptr::eq(formats::recognise(&keys), &raw const formats::GENERIC);
        let is_species = |key: &String| is_species_key(key);
        is_vendor || mapping.fits(&keys) || KNOWN_TITLES <= known_titles(cells) && keys.iter().any(is_species)
    }

    pub(crate) fn titles(&self) -> &[String] {
        &self.titles
    }

    /// How many columns can be read at all.
    pub(super) fn readable(&self) -> usize {
        self.titles.len().min(MOST_TITLES)
    }

    pub(crate) fn width(&self) -> usize {
        self.titles.len()
    }

    pub(crate) fn title(&self, index: usize) -> Option<&str> {
        self.titles.get(index).map(String::as_str)
    }

    /// Whether the file has such a column.
    pub(crate) fn has(&self, column: Column) -> bool {
        !self.positions(column).is_empty()
    }

    /// Whether a record has a value in such a column, even an empty one.
    pub(crate) fn tells(&self, column: Column, record: &Record) -> bool {
        let mut positions = self.positions(column).iter();
        positions.any(|index| !record.absent.contains(index))
    }

    /// What the column at that position means. One with two meanings is shown with that for which it is the preferred
    /// one.
    pub(crate) fn column_at(&self, index: usize) -> Option<Column> {
        let place = |indexes: &Vec<usize>| indexes.iter().position(|known| *known == index);
        let columns = self.columns.iter();
        let fitting = columns.filter_map(|(column, indexes)| Some((place(indexes)?, *column as usize, *column)));
        let first = fitting.min_by_key(|(place, order, _)| (*place, *order));
        first.map(|(_, _, column)| column)
    }

    /// Whether the column at that position is private, so that nothing of it is shown.
    pub(crate) fn is_private(&self, index: usize) -> bool {
        self.private.binary_search(&index).is_ok()
    }

    /// The title of the preferred column with that meaning.
    pub(crate) fn title_of(&self, column: Column) -> Option<String> {
        let index = self.positions(column).first()?;
        self.title(*index).map(str::to_owned)
    }

    /// Whether the column at that position has this meaning.
    pub(crate) fn is_of(&self, column: Column, index: usize) -> bool {
        self.positions(column).contains(&index)
    }

    /// Whether the column at that position is read.
    pub(crate) fn reads(&self, index: usize) -> bool {
        self.columns.iter().any(|(_, positions)| positions.contains(&index))
    }

    /// The titles of columns that are not read, or not fully kept, in order.
    pub(crate) fn ignored(&self) -> Vec<String> {
        let all = self.titles.iter().enumerate();
        let in_part = |index: usize| READ_IN_PART.iter().any(|column| self.is_of(*column, index));
        let is_ignored = |index: usize| in_part(index) || !self.reads(index);
        let ignored = all.filter(|(index, title)| !title.is_empty() && is_ignored(*index));
        ignored.map(|(_, title)| title.clone()).collect()
    }

    /// The trimmed, non-empty cells with that meaning, the preferred one first; without an apostrophe that only keeps
    /// spreadsheets from calculating.
    pub(crate) fn values<'a>(&'a self, column: Column, cells: &'a [String]) -> impl Iterator<Item = &'a str> {
        let found = self.positions(column).iter().filter_map(|index| cells.get(*index));
        found
            .map(|cell| restored(cell.trim()).trim())
            .filter(|cell| !cell.is_empty())
    }

    /// The first non-empty cell with that meaning.
    pub(crate) fn value<'a>(&'a self, column: Column, cells: &'a [String]) -> Option<&'a str> {
        self.values(column, cells).next()
    }

    /// Where that column is; empty if the file has none.
    fn positions(&self, column: Column) -> &[usize] {
        let found = self.columns.iter().find(|(known, _)| *known == column);
        found.map(|(_, positions)| positions.as_slice()).unwrap_or_default()
    }

    /// Whether a record only repeats the titles, as in files that were concatenated.
    pub(crate) fn is_repeated_by(&self, cells: &[String]) -> bool {
        cells.len() == self.titles.len() && cells.iter().zip(&self.titles).all(|(cell, title)| cell.trim() == title)
    }
}

/// How many titles of a record are known.
pub(crate) fn known_titles(cells: &[String]) -> usize {
    keys(cells).iter().filter(|key| is_known(key)).count()
}

/// The positions of all columns that the format or everybody knows; fails if a title that is read occurs twice.
fn columns(
    format: &'static Format,
    keys: &[String],
    cells: &[String],
    mapping: &Mapping,
) -> Result<Vec<(Column, Vec<usize>)>, FileError> {
    let mut columns: Vec<(Column, Vec<usize>)> = Vec::new();
    let is_left_out = |title: &str| mapping.of(title).is_some_and(|said| said.meaning.is_none());
    for (column, title) in aliases(format).filter(|(_, title)| !is_left_out(title)) {
        let mut fitting = keys
            .iter()
            .enumerate()
            .filter(|(_, key)| *key == title)
            .map(|(index, _)| index);
        let Some(index) = fitting.next() else { continue };
        if fitting.next().is_some() {
            return Err(FileError::DuplicateColumn(
                cells.get(index).cloned().unwrap_or_default(),
            ));
        }
        match columns.iter_mut().find(|(known, _)| *known == column) {
            Some((_, positions)) => positions.push(index),
            None => columns.push((column, vec![index])),
        }
    }
    Ok(columns)
}

/// The titles of a file for an error message, shortened.
fn listed(cells: &[String]) -> String {
    let titles = cells.iter().map(|title| title.trim()).filter(|title| !title.is_empty());
    titles.collect::<Vec<_>>().join(", ").chars().take(200).collect()
}

/// Whether a field of an object names a species.
pub(crate) fn is_species_title(title: &str) -> bool {
    is_species_key(&key(title))
}

fn is_species_key(key: &str) -> bool {
    aliases(&formats::GENERIC).any(|(column, title)| column == Column::Species && title == key)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn header(line: &str) -> Result<Header, FileError> {
        Header::read(&line.split(',').map(str::to_owned).collect::<Vec<_>>())
    }

    #[test]
    fn vendors_are_known_by_their_titles() {
        for (line, format) in [
            (
                "Animal ID,Name,DateTime,MonthYear,Animal Type,Sex upon Intake",
                "Austin open data",
            ),
            ("Animal #,ARN,Animal Name,Species,Gender", "PetPoint"),
            ("ANIMALCODE,ANIMALNAME,ANIMALSPECIES", "ASM3"),
            ("OrgID,PetID,Status,Species,ZipPostal", "Pet FBI"),
            ("ID,Internal,AnimalName,PrimaryBreed,Type", "Petfinder"),
            ("id,species", "Generic CSV"),
        ] {
            assert_eq!(
                header(line).expect("the header is complete").format.name,
                format,
                "{line}"
            );
        }
    }

    #[test]
    fn a_file_without_species_is_told_which_titles_would_do() {
        let refused = |line| header(line).err().map(|error| error.to_string()).unwrap_or_default();
        let no_species = refused("id,name,color");
        assert!(no_species.contains("species, type or animal type") && no_species.contains("id, name, color"));
        let no_titles = refused("hello world");
        assert!(
            no_titles.contains("hello world") && no_titles.contains("first line"),
            "{no_titles}"
        );
    }

    #[test]
    fn titles_are_compared_by_their_letters_and_digits() {
        let header = header("Animal ID#,Microchip #,ANIMAL_TYPE,speciesname").expect("the header is complete");
        let cells = ["A1", "985112003456789", "Dog", "Cat"].map(String::from);
        assert_eq!(header.value(Column::ExternalId, &cells), Some("A1"));
        assert_eq!(header.value(Column::Microchip, &cells), Some("985112003456789"));
        assert_eq!(header.values(Column::Species, &cells).count(), 2);
    }

    #[test]
    fn a_title_given_twice_counts_only_where_it_is_read() {
        assert!(header("id,species,Comments,Comments").is_ok());
        assert!(matches!(header("id,species,Sex,sex"), Err(FileError::DuplicateColumn(title)) if title == "Sex"));
    }

    #[test]
    fn columns_that_are_not_read_or_not_kept_are_ignored() {
        let header = header("Animal_Id,Animal_Type,Animal_Breed,Kennel_Number,Kennel_Status,Chip_Status,Outcome_Type,Outcome_Subtype,Outcome_Condition,Notes")
            .expect("the header is complete");
        assert_eq!(header.format.name, "Dallas open data");
        assert_eq!(header.ignored(), ["Outcome_Subtype", "Notes"]);
    }

    #[test]
    fn cells_are_read_without_what_guards_them_from_spreadsheets() {
        let header = header("Animal ID,Type,Name,Breed").expect("the header is complete");
        let cells = ["'=7", "Dog", " '+1 ", "'Tis"].map(String::from);
        assert_eq!(header.value(Column::ExternalId, &cells), Some("=7"));
        assert_eq!(header.value(Column::Name, &cells), Some("+1"));
        assert_eq!(header.value(Column::Breed, &cells), Some("'Tis"));
    }

    #[test]
    fn the_preferred_title_comes_first() {
        let header = header("ID,Animal ID,Type,Breed").expect("the header is complete");
        let cells = ["7", "A1", "Dog", "Pug"].map(String::from);
        assert_eq!(header.value(Column::ExternalId, &cells), Some("A1"));
        assert!(header.is_repeated_by(&["ID", "Animal ID", "Type", "Breed"].map(String::from)));
    }
}
