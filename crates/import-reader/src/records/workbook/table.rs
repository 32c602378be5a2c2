//! The rows of one sheet, held compactly.

use std::collections::VecDeque;

use crate::records::record::{Fault, RECORD_LIMIT, Record, Step};

use super::error::WorkbookError;

/// Maximum number of rows: as many as an import takes, and those that may stand above them.
const MOST_ROWS: usize = 200_000 + FIRST_ROWS;

/// Number of rows that a sheet can have: the limit of the format.
const ROWS_OF_SHEET: u32 = 1_048_576;

/// Maximum number of columns. Exports have up to three hundred.
const MOST_COLUMNS: u32 = 1_000;

/// Maximum memory for the rows: texts, and four bytes for each cell up to the last one of its row that has something.
const MOST_BYTES: usize = 256 * 1024 * 1024;

/// Number of rows among which the titles of a table are.
pub(super) const FIRST_ROWS: usize = 20;

/// Rows with something in them, in their order.
#[derive(Default)]
pub(super) struct Table {
    text: String,
    /// Where in the text each cell ends.
    ends: VecDeque<u32>,
    rows: VecDeque<Row>,
    width: usize,
    titled: bool,
    /// Where in the text the cells begin that are not yet returned.
    start: usize,
}

struct Row {
    /// Number in the sheet, starting at 0.
    index: u32,
    cells: usize,
    bytes: usize,
    texts: u32,
    is_too_long: bool,
}

impl Table {
    /// Whether one of the first rows has two texts, which may be titles.
    pub(super) fn is_titled(&self) -> bool {
        self.titled
    }

    /// Number of rows.
    pub(super) fn len(&self) -> usize {
        self.rows.len()
    }

    /// Adds a cell that is not blank; cells come row by row and from left to right.
    pub(super) fn add(&mut self, (index, column): (u32, u32), text: &str, is_text: bool) -> Result<(), WorkbookError> {
        if MOST_COLUMNS <= column {
            return Err(WorkbookError::TooManyColumns);
        }
        if self.rows.back().is_none_or(|row| row.index != index) {
            self.begin_row(index)?;
        }
        let column = column as usize;
        let Some(row) = self.rows.back_mut().filter(|row| row.cells <= column) else {
            return Err(WorkbookError::Damaged);
        };
        row.texts += u32::from(is_text);
        row.bytes = row.bytes.saturating_add(text.len());
        row.is_too_long |= RECORD_LIMIT < row.bytes;
        let text = if row.is_too_long { "" } else { text };
        let end = |text: &String| u32::try_from(text.len()).map_err(|_| WorkbookError::TooLargeUnpacked);
        let before = end(&self.text)?;
        self.ends.extend((row.cells..column).map(|_| before));
        self.text.push_str(text);
        self.ends.push_back(end(&self.text)?);
        row.cells = column + 1;
        self.width = self.width.max(row.cells);
        let has_titles = 2 <= row.texts;
        self.titled |= has_titles && self.rows.len() <= FIRST_ROWS;
        if MOST_BYTES < self.text.len() + size_of::<u32>() * self.ends.len() {
            return Err(WorkbookError::TooLargeUnpacked);
        }
        Ok(())
    }

    fn begin_row(&mut self, index: u32) -> Result<(), WorkbookError> {
        if ROWS_OF_SHEET <= index {
            return Err(WorkbookError::Damaged);
        }
        if MOST_ROWS <= self.rows.len() {
            return Err(WorkbookError::TooManyRows);
        }
        self.rows.push_back(Row {
            index,
            cells: 0,
            bytes: 0,
            texts: 0,
            is_too_long: false,
        });
        Ok(())
    }

    /// The next row, as wide as the widest.
    pub(super) fn next(&mut self) -> Option<Step> {
        let row = self.rows.pop_front()?;
        let line = row.index.saturating_add(1);
        let mut cells = Vec::with_capacity(self.width);
        for end in self.ends.drain(..row.cells.min(self.ends.len())) {
            let end = end as usize;
            cells.push(self.text.get(self.start..end).unwrap_or_default().to_owned());
            self.start = end;
        }
        cells.resize(self.width, String::new());
        Some(if row.is_too_long {
            Err((line, Fault::TooLong))
        } else {
            Ok(Record {
                line,
                cells,
                ..Record::default()
            })
        })
    }
}
