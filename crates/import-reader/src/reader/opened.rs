//! Opens a file: its encoding, its layout, and its header, which may stand below the title of a report.

use std::{
    collections::VecDeque,
    io::{self, Read},
};

use super::headings::Headings;
use crate::{
    FileError,
    columns::{Header, Mapping, known_titles},
    formats::GENERIC,
    records::{HEADER_WITHIN, Objects, Records, Step, Utf8Reader, Window, Workbook, separator},
    row::RowReader,
};

/// Maximum number of records of a list that are examined for titles before the first row is returned.
const SAMPLE_RECORDS: usize = 500;

/// The same for a table, whose titles are known: they only show what its columns hold.
const SHOWN_RECORDS: usize = 20;

/// Maximum size of this sample in bytes.
const SAMPLE_BYTES: usize = 2 * 1024 * 1024;

pub(super) enum Source<R> {
    Table(Records<Utf8Reader<R>>),
    List(Objects<Utf8Reader<R>>),
    Workbook(Workbook),
}

impl<R: Read> Source<R> {
    pub(super) fn next(&mut self) -> io::Result<Option<Step>> {
        match self {
            Self::Table(records) => records.next(),
            Self::List(objects) => objects.next(),
            Self::Workbook(workbook) => Ok(workbook.next()),
        }
    }
}

/// A file whose header has been read.
pub(super) struct Opened<R> {
    pub(super) source: Source<R>,
    pub(super) header: Header,
    pub(super) format: &'static str,
    pub(super) headings: Headings,
    pub(super) ahead: VecDeque<Step>,
}

impl<R: Read> Opened<R> {
    /// Refuses a file whose header lacks what is needed.
    pub(super) fn new(reader: R, mapping: &Mapping) -> Result<Self, FileError> {
        let opened = Self::any(reader, mapping)?;
        opened.header.check().map(|()| opened)
    }

    /// A file whose header may lack what is needed, so that its columns can be shown all the same.
    pub(super) fn any(reader: R, mapping: &Mapping) -> Result<Self, FileError> {
        let mut text = Utf8Reader::new(reader);
        if Workbook::is_begun_by(text.peek().map_err(FileError::Source)?) {
            let workbook = Workbook::open(text.into_file())?;
            return Self::table(Source::Workbook(workbook), "Generic XLSX", mapping);
        }
        let mut window = Window::new(text);
        let start = window.peek().map_err(FileError::Source)?;
        check_is_text(start)?;
        let first = start.iter().find(|byte| !byte.is_ascii_whitespace());
        match first {
            None => Err(FileError::Empty),
            Some(b'<') => Err(FileError::Markup),
            Some(b'[' | b'{') => Self::list(Objects::open(window).map_err(FileError::Source)?, mapping),
            Some(_) => {
                let is_header = |cells: &[String]| Header::is_one(cells, mapping);
                let separator = separator(&mut window, is_header).map_err(FileError::Source)?;
                Self::table(Source::Table(Records::new(window, separator)), GENERIC.name, mapping)
            }
        }
    }

    /// A table, whose format is called `generic` if its header is no vendor's.
    fn table(mut source: Source<R>, generic: &'static str, mapping: &Mapping) -> Result<Self, FileError> {
        let mut first = first_steps(&mut source, mapping)?;
        let at = position_of_header(&first, mapping)?;
        let mut ahead = first.split_off(at);
        let mut header = match ahead.pop_front() {
            Some(Ok(record)) => Header::of(&record.cells, mapping)?,
            _ => return Err(FileError::BadHeader),
        };
        let above = first.into_iter().filter_map(Result::ok).map(|record| record.cells);
        let headings = Headings::new(above.filter(|cells| !RowReader::is_blank(cells)));
        let more = SHOWN_RECORDS.saturating_sub(ahead.len());
        ahead.extend(sample(more, || source.next(), size_of_step)?);
        find_species(&mut header, &ahead, mapping);
        Ok(Self {
            format: name_of(&header, generic),
            source,
            header,
            headings,
            ahead,
        })
    }

    fn list(mut objects: Objects<Utf8Reader<R>>, mapping: &Mapping) -> Result<Self, FileError> {
        let first = sample(
            SAMPLE_RECORDS,
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
        let mut header = Header::of(&titles, mapping)?;
        objects.set_titles(titles);
        let ahead = first.into_iter().map(|fields| objects.record(fields)).collect();
        find_species(&mut header, &ahead, mapping);
        Ok(Self {
            format: name_of(&header, "Generic JSON"),
            source: Source::List(objects),
            header,
            headings: Headings::default(),
            ahead,
        })
    }
}

/// Finds the species by the first records, if no title tells it.
fn find_species(header: &mut Header, ahead: &VecDeque<Step>, mapping: &Mapping) {
    let records = ahead.iter().flatten().map(|record| record.cells.as_slice());
    header.find_species(records, |title| mapping.says_of(title));
}

fn name_of(header: &Header, generic: &'static str) -> &'static str {
    match std::ptr::eq(header.format, &raw const GENERIC) {
        true => generic,
        false => header.format.name,
    }
}

/// The records up to the first that is surely a header, or as many as a header may stand below.
fn first_steps<R: Read>(source: &mut Source<R>, mapping: &Mapping) -> Result<VecDeque<Step>, FileError> {
    let mut steps = VecDeque::new();
    while steps.len() < HEADER_WITHIN {
        let Some(step) = source.next().map_err(FileError::Source)? else {
            break;
        };
        let found = step.as_ref().is_ok_and(|record| Header::is_one(&record.cells, mapping));
        steps.push_back(step);
        if found {
            break;
        }
    }
    Ok(steps)
}

/// Where the header is: the record that surely is one, else the first that could be one, else the one with the most
/// known titles, or if none is known the first with the most cells, so that what is said about the file is about that.
fn position_of_header(steps: &VecDeque<Step>, mapping: &Mapping) -> Result<usize, FileError> {
    let cells = |step: &Step| step.as_ref().ok().map(|record| record.cells.clone());
    let all: Vec<(usize, Vec<String>)> = steps
        .iter()
        .enumerate()
        .filter_map(|(at, step)| Some((at, cells(step)?)))
        .filter(|(_, cells)| !RowReader::is_blank(cells))
        .collect();
    let find = |fits: &dyn Fn(&[String]) -> bool| all.iter().find(|(_, cells)| fits(cells)).map(|(at, _)| *at);
    let rank = |cells: &[String]| {
        let filled = cells.iter().filter(|cell| !cell.trim().is_empty()).count();
        let known = known_titles(cells);
        (known, if known == 0 { filled } else { 0 })
    };
    let most = all.iter().map(|(_, cells)| rank(cells)).max().unwrap_or_default();
    let could_be_one = |cells: &[String]| Header::of(cells, mapping).is_ok_and(|header| header.check().is_ok());
    find(&|cells| Header::is_one(cells, mapping))
        .or_else(|| find(&could_be_one))
        .or_else(|| find(&|cells| rank(cells) == most))
        .ok_or(match steps.iter().any(Result::is_err) {
            true => FileError::BadHeader,
            false => FileError::Empty,
        })
}

fn size_of_step(step: &Step) -> usize {
    step.as_ref()
        .map_or(0, |record| record.cells.iter().map(String::len).sum())
}

/// The first records, up to the limits.
fn sample<T>(
    most: usize,
    mut next: impl FnMut() -> io::Result<Option<T>>,
    size: impl Fn(&T) -> usize,
) -> Result<VecDeque<T>, FileError> {
    let mut taken = VecDeque::new();
    let mut bytes = 0;
    while taken.len() < most && bytes < SAMPLE_BYTES {
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
