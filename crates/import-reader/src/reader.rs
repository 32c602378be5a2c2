//! Entry point: opens a file and returns its rows one by one.

use std::{
    collections::VecDeque,
    io::{self, Read},
};

use super::{
    Calendar, CellError, Circumstances, FileError, ImportedAnimal, Row, RowWarning,
    columns::{GENERIC, Header},
    dates::Evidence,
    records::{Fault, Objects, Record, Records, Step, Utf8Reader, Window, Workbook},
    row::RowReader,
};

/// Maximum number of records of a list that are examined for titles before the first row is returned.
const SAMPLE_RECORDS: usize = 500;

/// Maximum size of this sample in bytes.
const SAMPLE_BYTES: usize = 2 * 1024 * 1024;

/// Counts of records without content that were skipped.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Skipped {
    /// Records without any text.
    pub blank: u32,
    /// Repeated headers, as in files that were concatenated.
    pub repeated_headers: u32,
    /// Additions to an animal above, such as another vaccination.
    pub further: u32,
}

/// Reads the animals in a file; an iterator over its rows.
///
/// The iterator also ends if the source fails: call [`ImportReader::finish`] before trusting that all rows were seen.
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
    Workbook(Workbook),
}

impl<R: Read> Source<R> {
    fn next(&mut self) -> io::Result<Option<Step>> {
        match self {
            Self::Table(records) => records.next(),
            Self::List(objects) => objects.next(),
            Self::Workbook(workbook) => Ok(workbook.next()),
        }
    }
}

/// A file whose header has been read.
struct Opened<R> {
    source: Source<R>,
    header: Header,
    format: &'static str,
    ahead: VecDeque<Step>,
}

impl<R: Read> Opened<R> {
    fn new(reader: R) -> Result<Self, FileError> {
        let mut text = Utf8Reader::new(reader);
        if Workbook::is_begun_by(text.peek().map_err(FileError::Source)?) {
            return Self::workbook(Workbook::open(text.into_file())?);
        }
        let mut window = Window::new(text);
        let start = window.peek().map_err(FileError::Source)?;
        check_is_text(start)?;
        let first = start.iter().find(|byte| !byte.is_ascii_whitespace());
        match first {
            None => Err(FileError::Empty),
            Some(b'<') => Err(FileError::Markup),
            Some(b'[' | b'{') => Self::list(Objects::open(window).map_err(FileError::Source)?),
            Some(_) => Self::table(Records::new(window)),
        }
    }

    fn table(mut records: Records<Utf8Reader<R>>) -> Result<Self, FileError> {
        records.detect_separator().map_err(FileError::Source)?;
        let header = loop {
            match records.next().map_err(FileError::Source)? {
                None => return Err(FileError::Empty),
                Some(Err(_)) => return Err(FileError::BadHeader),
                Some(Ok(record)) if RowReader::is_blank(&record.cells) => {}
                Some(Ok(record)) => break Header::read(&record.cells)?,
            }
        };
        Ok(Self {
            format: header.format,
            source: Source::Table(records),
            header,
            ahead: VecDeque::new(),
        })
    }

    fn workbook(mut workbook: Workbook) -> Result<Self, FileError> {
        let Some(Ok(first)) = workbook.next() else {
            return Err(FileError::BadHeader);
        };
        let header = Header::read(&first.cells)?;
        let format = if header.format == GENERIC {
            "Generic XLSX"
        } else {
            header.format
        };
        Ok(Self {
            source: Source::Workbook(workbook),
            header,
            format,
            ahead: VecDeque::new(),
        })
    }

    fn list(mut objects: Objects<Utf8Reader<R>>) -> Result<Self, FileError> {
        let first = sample(
            || objects.next_fields(),
            |fields| {
                fields.as_ref().map_or(0, |(_, fields)| {
                    fields.iter().map(|(name, value)| name.len() + value.len()).sum()
                })
            },
        )?;
        let mut titles: Vec<String> = Vec::new();
        for (name, _) in first.iter().flatten().flat_map(|(_, fields)| fields) {
            if !titles.contains(name) {
                titles.push(name.clone());
            }
        }
        if titles.is_empty() {
            let broken = first.iter().find_map(|fields| fields.as_ref().err().copied());
            return Err(objects.broken(broken).unwrap_or(FileError::NoAnimals));
        }
        let header = Header::read(&titles)?;
        objects.set_titles(titles);
        let ahead = first.into_iter().map(|fields| objects.record(fields)).collect();
        let format = if header.format == GENERIC {
            "Generic JSON"
        } else {
            header.format
        };
        Ok(Self {
            source: Source::List(objects),
            header,
            format,
            ahead,
        })
    }
}

impl Calendar {
    /// Reads a whole file to find out how its dates are written.
    ///
    /// Fails if the file as a whole is unusable, or if the order is undetermined; see [`FileError`].
    pub fn of(reader: impl Read, circumstances: &Circumstances) -> Result<Self, FileError> {
        let Opened {
            mut source,
            header,
            mut ahead,
            ..
        } = Opened::new(reader)?;
        let mut evidence = Evidence::new(circumstances);
        loop {
            let step = match ahead.pop_front() {
                Some(step) => Some(step),
                None => source.next().map_err(FileError::Source)?,
            };
            match step {
                Some(Ok(record)) => evidence.take(&header, &record.cells),
                Some(Err(_)) => {}
                None => return evidence.settle(&header, circumstances),
            }
        }
    }
}

impl<R: Read> ImportReader<R> {
    /// Reads the header and the first records. The calendar must be from the same file.
    ///
    /// Fails if the file as a whole is unusable; see [`FileError`].
    pub fn open(reader: R, calendar: Calendar) -> Result<Self, FileError> {
        let Opened {
            source,
            header,
            format,
            ahead,
        } = Opened::new(reader)?;
        Ok(Self {
            source,
            ahead,
            rows: RowReader::new(header, calendar),
            format,
            number: 0,
            skipped: Skipped::default(),
            failure: None,
        })
    }

    /// The vendor or data portal identified by the header, such as "PetPoint"; "Generic CSV" for others.
    pub fn format(&self) -> &'static str {
        self.format
    }

    /// Titles of the columns that are not read, because they are unknown or private.
    pub fn ignored_columns(&self) -> Vec<String> {
        self.rows.header.ignored()
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

    fn read(&mut self, record: &Record, warnings: &mut Vec<RowWarning>) -> Result<ImportedAnimal, Vec<CellError>> {
        self.rows.read(record, warnings)
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
                Ok(record) if self.rows.is_further(&record.cells) => {
                    self.skipped.further = self.skipped.further.saturating_add(1);
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

/// The first records, up to the limits.
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

/// Refuses gzip, PDF, and anything with zero bytes.
fn check_is_text(start: &[u8]) -> Result<(), FileError> {
    let known = [b"\x1f".as_slice(), b"%PDF"];
    let binary = start.iter().take(1024).any(|byte| *byte == 0);
    if binary || known.iter().any(|mark| start.starts_with(mark)) {
        return Err(FileError::NotText);
    }
    Ok(())
}

#[cfg(test)]
mod tests;
