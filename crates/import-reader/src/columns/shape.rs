//! Checks that a record has as many cells as the header, and none too long.

use super::header::Header;
use crate::CellError;

/// Maximum length of a cell in characters.
const CELL_LIMIT: usize = 100_000;

/// Refuses a record that is cut off, has too many cells, or has one that is too long. `last` means that the file ends
/// here.
pub(crate) fn check_shape(header: &Header, cells: &[String], last: bool) -> Result<(), Vec<CellError>> {
    let width = header.width();
    if cells.len() < width {
        return Err(vec![if last {
            CellError::of_row("the file ends within a record")
        } else {
            CellError::of_row(format!("the record has {} cells, the header has {width}", cells.len()))
        }]);
    }
    if cells.iter().skip(width).any(|cell| !cell.trim().is_empty()) {
        let reason = format!(
            "the record has {} cells, the header has {width}; is a comma not quoted?",
            cells.len()
        );
        return Err(vec![CellError::of_row(reason)]);
    }
    // A cell has at least as many bytes as characters, so most cells need not be counted.
    let long = cells
        .iter()
        .position(|cell| CELL_LIMIT < cell.len() && CELL_LIMIT < cell.chars().count());
    match long {
        Some(index) => {
            let title = header.title(index).map(str::to_owned);
            let value = cells.get(index).map(String::as_str);
            Err(vec![CellError::new(
                title,
                value,
                "the cell is longer than 100,000 letters",
            )])
        }
        None => Ok(()),
    }
}
