//! The door to a file: opens it, then gives its rows one by one.

use std::{
    collections::VecDeque,
    io::{self, Read},
};

use entity::Timestamp;

use super::{
    CellError, FileError, ImportedAnimal, Row, RowWarning,
    encoding::Utf8Reader,
    header::{GENERIC, Header},
    json::Objects,
    record::{Fault, Record, Records, Step},
    row::RowReader,
    window::Window,
};

/// So many records are looked at before the first row is given, to settle how dates are written.
const SAMPLE_RECORDS: usize = 500;

/// The sample ends earlier when it holds so many bytes.
const SAMPLE_BYTES: usize = 2 * 1024 * 1024;

/// Records that say nothing and were passed over.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Skipped {
    /// Records without any text.
    pub blank: u32,
    /// The header once more, as in files that were pasted together.
    pub repeated_headers: u32,
}

/// Reads the animals of a file; an iterator over its rows.
///
/// The iterator also ends when the source fails: ask [`ImportReader::finish`] before trusting that all rows were seen.
pub struct ImportReader<R: Read> {
    source: Source<R>,
    ahead: VecDeque<Step>,
    rows: RowReader,
    format: &'static str,
    number: u32,
    skipped: Skipped,
    failure: Option<io::Error>,
}

enum Source<R> {
    Table(Records<Utf8Reader<R>>),
    List(Objects<Utf8Reader<R>>),
}

impl<R: Read> Source<R> {
    fn next(&mut self) -> io::Result<Option<Step>> {
        match self {
            Self::Table(records) => records.next(),
            Self::List(objects) => objects.next(),
        }
    }
}

impl<R: Read> ImportReader<R> {
    /// Reads the header and the first records. `today` is the time of the import: nothing may lie behind it.
    ///
    /// Fails when the file as a whole makes no sense; see [`FileError`].
    pub fn open(reader: R, today: Timestamp) -> Result<Self, FileError> {
        let mut window = Window::new(Utf8Reader::new(reader));
        let start = window.peek().map_err(FileError::Source)?;
        check_is_text(start)?;
        let first = start.iter().find(|byte| !byte.is_ascii_whitespace());
        match first {
            None => Err(FileError::Empty),
            Some(b'[' | b'{') => Self::open_list(Objects::new(window), today),
            Some(_) => Self::open_table(Records::new(window), today),
        }
    }

    fn open_table(mut records: Records<Utf8Reader<R>>, today: Timestamp) -> Result<Self, FileError> {
        records.detect_separator().map_err(FileError::Source)?;
        let header = loop {
            match records.next().map_err(FileError::Source)? {
                None => return Err(FileError::Empty),
                Some(Err(_)) => return Err(FileError::BadHeader),
                Some(Ok(record)) if RowReader::is_blank(&record.cells) => {}
                Some(Ok(record)) => break Header::read(&record.cells)?,
            }
        };
        let mut source = Source::Table(records);
        let ahead = sample(|| source.next(), step_size)?;
        let format = header.format;
        Ok(Self::start(source, header, format, ahead, today))
    }

    fn open_list(mut objects: Objects<Utf8Reader<R>>, today: Timestamp) -> Result<Self, FileError> {
        let first = sample(
            || objects.next_fields(),
            |fields| {
                fields.as_ref().map_or(0, |(_, fields)| {
                    fields.iter().map(|(name, value)| name.len() + value.len()).sum()
                })
            },
        )?;
        if first.is_empty() {
            return Err(FileError::Empty);
        }
        let mut titles: Vec<String> = Vec::new();
        for (name, _) in first.iter().flatten().flat_map(|(_, fields)| fields) {
            if !titles.contains(name) {
                titles.push(name.clone());
            }
        }
        let header = Header::read(&titles)?;
        objects.set_titles(titles);
        let ahead = first.into_iter().map(|fields| objects.record(fields)).collect();
        let format = if header.format == GENERIC {
            "Generic JSON"
        } else {
            header.format
        };
        Ok(Self::start(Source::List(objects), header, format, ahead, today))
    }

    fn start(source: Source<R>, header: Header, format: &'static str, ahead: VecDeque<Step>, today: Timestamp) -> Self {
        let cells: Vec<&[String]> = ahead.iter().flatten().map(|record| record.cells.as_slice()).collect();
        let rows = RowReader::new(header, today, &cells);
        Self {
            source,
            ahead,
            rows,
            format,
            number: 0,
            skipped: Skipped::default(),
            failure: None,
        }
    }

    /// The vendor or the data portal that the header belongs to, such as "PetPoint"; "Generic CSV" for others.
    pub fn format(&self) -> &'static str {
        self.format
    }

    /// Titles of the columns that are not read, because no meaning is known for them or they are private.
    pub fn ignored_columns(&self) -> Vec<String> {
        self.rows.header.ignored()
    }

    /// What was passed over, once the rows are read; fails when the source failed before the end of the file.
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

    fn read(&mut self, record: &Record, warnings: &mut Vec<RowWarning>) -> Result<ImportedAnimal, Vec<CellError>> {
        self.rows.read(&record.cells, record.last, warnings)
    }
}

impl<R: Read> Iterator for ImportReader<R> {
    type Item = Row;

    fn next(&mut self) -> Option<Row> {
        loop {
            let step = self.next_step()?;
            let mut warnings = Vec::new();
            let (line, result) = match step {
                Ok(record) if RowReader::is_blank(&record.cells) => {
                    self.skipped.blank = self.skipped.blank.saturating_add(1);
                    continue;
                }
                Ok(record) if self.rows.header.is_repeated_by(&record.cells) => {
                    self.skipped.repeated_headers = self.skipped.repeated_headers.saturating_add(1);
                    continue;
                }
                Ok(record) => (record.line, self.read(&record, &mut warnings)),
                Err((line, fault)) => (line, Err(vec![CellError::of_row(reason(fault))])),
            };
            self.number = self.number.saturating_add(1);
            return Some(Row {
                line,
                number: self.number,
                result,
                warnings,
            });
        }
    }
}

fn reason(fault: Fault) -> &'static str {
    match fault {
        Fault::OpenQuote => "a quotation mark is opened and never closed",
        Fault::Swallowed => {
            "a quotation mark is never closed, and so are many before it; the lines behind it were not read"
        }
        Fault::Truncated => "the file ends within a record",
        Fault::TooLong => "the record is longer than one megabyte",
        Fault::BadObject => "this is not an object of JSON",
    }
}

/// The first records, as many as the limits allow.
fn sample<T>(
    mut next: impl FnMut() -> io::Result<Option<T>>,
    size: impl Fn(&T) -> usize,
) -> Result<VecDeque<T>, FileError> {
    let mut taken = VecDeque::new();
    let mut bytes = 0;
    while taken.len() < SAMPLE_RECORDS && bytes < SAMPLE_BYTES {
        let Some(one) = next().map_err(FileError::Source)? else {
            break;
        };
        bytes += size(&one);
        taken.push_back(one);
    }
    Ok(taken)
}

fn step_size(step: &Step) -> usize {
    step.as_ref()
        .map_or(0, |record| record.cells.iter().map(String::len).sum())
}

/// Refuses workbooks (`PK`), gzip, PDF, and whatever holds zero bytes.
fn check_is_text(start: &[u8]) -> Result<(), FileError> {
    let known = [b"PK\x03\x04".as_slice(), b"\x1f", b"%PDF"];
    let binary = start.iter().take(1024).any(|byte| *byte == 0);
    if binary || known.iter().any(|mark| start.starts_with(mark)) {
        return Err(FileError::NotText);
    }
    Ok(())
}

#[cfg(test)]
mod tests;
