//! What a file looks like before it is imported: its columns, its first animals, and what it leaves open.

use std::io::Read;

use super::{ColumnMeaning, ImportReader, gather, opened::Opened, preview::Samples};
use crate::{Circumstances, Column, FileError, ImportedAnimal, Keeping, OpenDates, Row, columns::Mapping};

/// Maximum number of rows that are looked through for animals.
const MOST_ROWS: usize = 500;

/// The titles of a file, and whether it can be read.
#[derive(Debug)]
pub struct FileTitles {
    /// The titles as they are written, in order.
    pub titles: Vec<String>,
    /// What its header lacks, if it cannot be read.
    pub refused: Option<FileError>,
}

/// The beginning of a file, as an import would understand it.
#[derive(Debug)]
pub struct FirstLook {
    /// The vendor or data portal, or "Generic CSV" and the like.
    pub format: &'static str,
    /// All columns in order.
    pub columns: Vec<ColumnMeaning>,
    /// What its header lacks; there are no rows then.
    pub refused: Option<FileError>,
    /// Dates that can be read in two ways. Columns with such dates are not read.
    pub open_dates: Option<OpenDates>,
    /// The first rows, as far as they are needed for so many animals.
    pub rows: Vec<Row>,
}

/// Reads the titles of a file and no more of it than that takes.
///
/// Fails if the file as a whole is unusable for another reason than what its header lacks; see [`FileError`].
pub fn titles_of(reader: impl Read, mapping: &Mapping) -> Result<FileTitles, FileError> {
    let opened = Opened::any(reader, mapping)?;
    Ok(FileTitles {
        titles: opened.header.titles().to_vec(),
        refused: opened.header.check().err(),
    })
}

impl FirstLook {
    /// Reads a file twice: as a whole to find out how its dates are written, unless that was said, and its beginning for so
    /// many animals that an import would add.
    ///
    /// Fails if the file as a whole is unusable for another reason than what its header lacks; see [`FileError`].
    pub fn of<R: Read>(
        (dates, rows): (R, R),
        circumstances: &Circumstances,
        mapping: &Mapping,
        animals: usize,
    ) -> Result<Self, FileError> {
        let mut opened = Opened::any(rows, mapping)?;
        let mut look = Self {
            format: opened.format,
            columns: Samples::of(&opened.header, &opened.ahead).columns(&opened.header),
            refused: opened.header.check().err(),
            open_dates: None,
            rows: Vec::new(),
        };
        if look.refused.is_some() {
            return Ok(look);
        }
        let (_, evidence) = gather(Opened::new(dates, mapping)?, circumstances)?;
        let (calendar, open) = evidence.weigh(&opened.header, circumstances);
        if !open.is_empty() {
            let columns = open.iter().map(|(column, _)| *column);
            opened
                .header
                .forget(&columns.chain([Column::HoldUntil]).collect::<Vec<_>>());
            look.open_dates = open.into_iter().next().map(|(_, dates)| dates);
        }
        let mut reader = ImportReader::reading(opened, calendar);
        let mut found = 0;
        while found < animals && look.rows.len() < MOST_ROWS {
            let Some(row) = reader.next() else { break };
            let is_added = |animal: &ImportedAnimal| animal.keeping == Keeping::Shelter;
            found += usize::from(row.result.as_ref().is_ok_and(is_added));
            look.rows.push(row);
        }
        reader.finish().map(|_| look)
    }
}

#[cfg(test)]
mod tests;
