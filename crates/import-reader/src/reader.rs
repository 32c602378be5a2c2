//! Entry point: opens a file and returns its rows one by one.

mod first_look;
mod headings;
mod opened;
mod preview;

use std::{
    collections::VecDeque,
    io::{self, Read},
};

use self::{
    headings::Headings,
    opened::{Opened, Source},
    preview::Samples,
};
use super::{
    Calendar, CellError, Circumstances, FileError, Gist, Row,
    columns::{Header, Mapping},
    dates::Evidence,
    records::{Fault, Record, Step},
    row::RowReader,
};

pub use self::{
    first_look::{FileTitles, FirstLook, titles_of},
    preview::ColumnMeaning,
};

/// Counts of records without content that were skipped.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Skipped {
    /// Records without any text.
    pub blank: u32,
    /// Repeated headers, as in files that were concatenated, and other lines of a report around its table: repeated
    /// titles, totals, page numbers.
    pub repeated_headers: u32,
    /// Additions to an animal above, such as another vaccination, and objects that only name an animal.
    pub further: u32,
}

/// Reads the animals in a file; an iterator over its rows.
///
/// The iterator also ends if the source fails: call [`ImportReader::finish`] before trusting that all rows were seen.
pub struct ImportReader<R: Read> {
    source: Source<R>,
    ahead: VecDeque<Step>,
    rows: RowReader,
    headings: Headings,
    samples: Samples,
    format: &'static str,
    number: u32,
    skipped: Skipped,
    failure: Option<io::Error>,
}

impl Calendar {
    /// Reads a whole file to find out how its dates are written.
    ///
    /// Fails if the file as a whole is unusable, or if the order is undetermined; see [`FileError`].
    pub fn of(reader: impl Read, circumstances: &Circumstances) -> Result<Self, FileError> {
        Self::of_mapped(reader, circumstances, &Mapping::default())
    }

    /// The same for a file with columns of which the shelter says what they mean.
    pub fn of_mapped(reader: impl Read, circumstances: &Circumstances, mapping: &Mapping) -> Result<Self, FileError> {
        let (header, evidence) = gather(Opened::new(reader, mapping)?, circumstances)?;
        evidence.settle(&header, circumstances)
    }
}

/// What all records of a file tell of the order of its dates; nothing if the order was said, since then they have no say.
fn gather<R: Read>(opened: Opened<R>, circumstances: &Circumstances) -> Result<(Header, Evidence), FileError> {
    let Opened {
        mut source,
        header,
        mut ahead,
        ..
    } = opened;
    let mut evidence = Evidence::new(circumstances);
    if circumstances.order.is_some() {
        return Ok((header, evidence));
    }
    loop {
        let step = match ahead.pop_front() {
            Some(step) => Some(step),
            None => source.next().map_err(FileError::Source)?,
        };
        match step {
            Some(Ok(record)) => evidence.take(&header, &record.cells),
            Some(Err(_)) => {}
            None => return Ok((header, evidence)),
        }
    }
}

impl<R: Read> ImportReader<R> {
    /// Reads the header and the first records. The calendar must be from the same file.
    ///
    /// Fails if the file as a whole is unusable; see [`FileError`].
    pub fn open(reader: R, calendar: Calendar) -> Result<Self, FileError> {
        Self::open_mapped(reader, calendar, &Mapping::default())
    }

    /// The same for a file with columns of which the shelter says what they mean. The calendar must be from the same
    /// file and mapping.
    pub fn open_mapped(reader: R, calendar: Calendar, mapping: &Mapping) -> Result<Self, FileError> {
        Ok(Self::reading(Opened::new(reader, mapping)?, calendar))
    }

    fn reading(opened: Opened<R>, calendar: Calendar) -> Self {
        let Opened {
            source,
            mut header,
            format,
            headings,
            ahead,
        } = opened;
        let records = ahead.iter().flatten().map(|record| record.cells.as_slice());
        header.find_unit(records, calendar.is_metric);
        Self {
            source,
            samples: Samples::of(&header, &ahead),
            ahead,
            headings,
            rows: RowReader::new(header, calendar),
            format,
            number: 0,
            skipped: Skipped::default(),
            failure: None,
        }
    }

    /// The vendor or data portal identified by the header, such as "PetPoint"; "Generic CSV" for others.
    pub fn format(&self) -> &'static str {
        self.format
    }

    /// Titles of the columns that are not read, because they are unknown or private.
    pub fn ignored_columns(&self) -> Vec<String> {
        self.rows.header.ignored()
    }

    /// All columns of the file in order: their titles, what they are taken for, and some of their first values.
    pub fn columns(&self) -> Vec<ColumnMeaning> {
        self.samples.columns(&self.rows.header)
    }

    /// The skipped records, once all rows are read; fails if the source failed before the end of the file.
    pub fn finish(self) -> Result<Skipped, FileError> {
        match self.failure {
            Some(failure) => Err(FileError::Source(failure)),
            None => Ok(self.skipped),
        }
    }

    fn next_step(&mut self) -> Option<Step> {
        if let Some(step) = self.ahead.pop_front() {
            return Some(step);
        }
        if self.failure.is_some() {
            return None;
        }
        match self.source.next() {
            Ok(step) => step,
            Err(failure) => {
                self.failure = Some(failure);
                None
            }
        }
    }

    /// The next record that is a row, and its number among those.
    fn next_record(&mut self) -> Option<(u32, Step)> {
        loop {
            let step = self.next_step()?;
            if let Ok(record) = &step
                && let Some(skipped) = self.skipped_as(record)
            {
                *skipped = skipped.saturating_add(1);
                continue;
            }
            self.number = self.number.saturating_add(1);
            return Some((self.number, step));
        }
    }

    /// What a record counts as that is no row.
    fn skipped_as(&mut self, record: &Record) -> Option<&mut u32> {
        if RowReader::is_blank(&record.cells) {
            Some(&mut self.skipped.blank)
        } else if self.headings.has(&self.rows.header, &record.cells) {
            Some(&mut self.skipped.repeated_headers)
        } else if self.rows.is_further(record) {
            Some(&mut self.skipped.further)
        } else {
            None
        }
    }

    /// The rows as short as is needed to rank them; each with its number, and `None` if there are errors in it. They are those
    /// that the reader itself returns, in the same order.
    pub fn gists(&mut self) -> impl Iterator<Item = (u32, Option<Gist>)> {
        std::iter::from_fn(|| {
            let (number, step) = self.next_record()?;
            let gist = step.ok().and_then(|record| self.rows.gist(&record).ok());
            Some((number, gist))
        })
    }
}

impl<R: Read> Iterator for ImportReader<R> {
    type Item = Row;

    fn next(&mut self) -> Option<Row> {
        let (number, step) = self.next_record()?;
        let mut warnings = Vec::new();
        let (line, result) = match step {
            Ok(record) => (record.line, self.rows.read(&record, &mut warnings)),
            Err((line, fault)) => (line, Err(vec![CellError::of_row(reason(fault))])),
        };
        Some(Row {
            line,
            number,
            result,
            warnings,
        })
    }
}

fn reason(fault: Fault) -> String {
    match fault {
        Fault::BadObject { line, column } => {
            return format!("this is no valid JSON: it breaks at line {line}, character {column}");
        }
        Fault::OpenQuote => "a quotation mark is opened and never closed",
        Fault::Swallowed => {
            "a quotation mark is never closed, and so are many before it; the lines behind it were not read"
        }
        Fault::Truncated => "the file ends within a record",
        Fault::TooLong => "the record is longer than one megabyte",
    }
    .to_owned()
}

#[cfg(test)]
mod memory_tests;
#[cfg(test)]
mod tests;
#[cfg(test)]
mod workbook_tests;
