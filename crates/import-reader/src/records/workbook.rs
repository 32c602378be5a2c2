//! Reads the first table of an XLSX workbook.
//!
//! Any bytes give rows or a [`WorkbookError`] and never a panic. An archive has its directory at its end, so a workbook
//! is held in memory as a whole while it is opened, at most 32 MiB, with its table of texts, at most 64 MiB unpacked.
//! Afterwards only the rows are kept, at most 256 MiB and usually about as much as a CSV file of the same table.

mod archive;
mod cells;
mod error;
mod table;

use std::{
    io::{Cursor, Read},
    panic::catch_unwind,
};

use calamine::{DataRef, Reader, SheetType, SheetVisible, Xlsx, XlsxError};

use self::table::{FIRST_ROWS, Table};
use super::record::Step;
use crate::FileError;

pub use self::error::WorkbookError;

/// Maximum size of a workbook in bytes.
const MOST_BYTES: u64 = 32 * 1024 * 1024;

/// Maximum number of sheets in which a table is looked for.
const MOST_SHEETS: usize = 50;

/// How archives begin, those without anything in them included.
const ARCHIVES: [&[u8]; 2] = [b"PK\x03\x04", b"PK\x05\x06"];

/// How the container begins that Excel before 2007 used, and that later ones lock workbooks in.
const CONTAINER: &[u8] = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1";

/// The rows of the first visible sheet that begins with a table.
pub(crate) struct Workbook(Table);

impl Workbook {
    /// Whether a file begins like a workbook or another archive.
    pub(crate) fn is_begun_by(start: &[u8]) -> bool {
        start.starts_with(CONTAINER) || ARCHIVES.iter().any(|mark| start.starts_with(mark))
    }

    /// Reads a file that begins like one.
    pub(crate) fn open(file: impl Read) -> Result<Self, FileError> {
        let mut bytes = Vec::new();
        let mut file = file.take(MOST_BYTES + 1);
        file.read_to_end(&mut bytes).map_err(FileError::Source)?;
        Ok(Self(first_table(&bytes)?))
    }

    /// The next record; `None` at the end of the sheet.
    pub(crate) fn next(&mut self) -> Option<Step> {
        self.0.next()
    }
}

fn first_table(bytes: &[u8]) -> Result<Table, WorkbookError> {
    if MOST_BYTES < bytes.len() as u64 {
        return Err(WorkbookError::TooLarge);
    }
    if bytes.starts_with(CONTAINER) {
        return Err(kind_of_container(bytes));
    }
    archive::check(bytes)?;
    // The library adds up numbers of the file without a check, which panics in builds that watch for overflows.
    catch_unwind(|| search_sheets(bytes)).unwrap_or(Err(WorkbookError::Damaged))
}

fn kind_of_container(bytes: &[u8]) -> WorkbookError {
    let package: Vec<u8> = "EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes).collect();
    if bytes.windows(package.len()).any(|window| window == package) {
        WorkbookError::Locked
    } else {
        WorkbookError::OldFormat
    }
}

fn search_sheets(bytes: &[u8]) -> Result<Table, WorkbookError> {
    let mut book = Xlsx::new(Cursor::new(bytes)).map_err(reason)?;
    let sheets = book.sheets_metadata().iter();
    let shown = sheets.filter(|sheet| sheet.typ == SheetType::WorkSheet && sheet.visible == SheetVisible::Visible);
    let names: Vec<String> = shown.map(|sheet| sheet.name.clone()).take(MOST_SHEETS).collect();
    for name in names {
        if let Some(table) = read_sheet(&mut book, &name)? {
            return Ok(table);
        }
    }
    Err(WorkbookError::NoTable)
}

/// The rows of a sheet; `None` if it does not begin with a table.
fn read_sheet(book: &mut Xlsx<Cursor<&[u8]>>, name: &str) -> Result<Option<Table>, WorkbookError> {
    let is_1904 = book.has_1904_epoch();
    let mut cells = book.worksheet_cells_reader(name).map_err(reason)?;
    let mut table = Table::default();
    loop {
        let cell = match cells.next_cell() {
            Ok(Some(cell)) => cell,
            Ok(None) => break,
            // An error of a formula that the library does not know, such as #SPILL!, is blank like the others.
            Err(XlsxError::CellError(_)) => continue,
            Err(error) => return Err(reason(error)),
        };
        let value = cell.get_value();
        let text = cells::text_of(value, is_1904);
        if text.trim().is_empty() {
            continue;
        }
        let is_text = matches!(value, DataRef::String(_) | DataRef::SharedString(_));
        table.add(cell.get_position(), &text, is_text)?;
        if FIRST_ROWS < table.len() && !table.is_titled() {
            return Ok(None);
        }
    }
    Ok(Some(table).filter(Table::is_titled))
}

fn reason(error: XlsxError) -> WorkbookError {
    match error {
        XlsxError::Password => WorkbookError::Locked,
        _ => WorkbookError::Damaged,
    }
}

#[cfg(test)]
mod tests;
