//! Lines that belong to a report and not to an animal: its titles, repeated on every page, and its totals.

use pet_vocabulary::{fold, parse_species};

use crate::{columns::Header, formats::Column};

/// Maximum number of cells with text in such a line.
const MOST_CELLS: usize = 4;

/// How the first cell of a line below the table begins.
const BELOW: [&str; 14] = [
    "total",
    "grand total",
    "sub total",
    "subtotal",
    "count",
    "record count",
    "number of",
    "page",
    "printed",
    "generated",
    "report",
    "end of",
    "run date",
    "records",
];

/// The lines that stood above the header.
#[derive(Debug, Default)]
pub(super) struct Headings(Vec<Vec<String>>);

impl Headings {
    pub(super) fn new(above: impl Iterator<Item = Vec<String>>) -> Self {
        Self(above.collect())
    }

    /// Whether a record is such a line: the header again, one that stood above it, or a total or page number without a
    /// species.
    pub(super) fn has(&self, header: &Header, cells: &[String]) -> bool {
        header.is_repeated_by(cells) || self.0.iter().any(|above| above == cells) || is_below(header, cells)
    }
}

fn is_below(header: &Header, cells: &[String]) -> bool {
    let mut filled = cells.iter().map(|cell| cell.trim()).filter(|cell| !cell.is_empty());
    let Some(first) = filled.next() else { return false };
    let more = filled.clone().count();
    let has_species = || {
        header
            .value(Column::Species, cells)
            .is_some_and(|cell| parse_species(cell).is_some())
    };
    if MOST_CELLS <= more || first.len() > 60 || has_species() {
        return false;
    }
    let word = fold(first);
    let begins = BELOW.iter().any(|begin| {
        word.strip_prefix(begin)
            .is_some_and(|rest| rest.is_empty() || rest.starts_with([' ', 's']))
    });
    let counts = word
        .split_once(' ')
        .is_some_and(|(number, rest)| is_number(number) && rest.starts_with("record"));
    (begins || counts) && filled.all(|cell| is_number(cell) || fold(cell).starts_with("page"))
}

fn is_number(text: &str) -> bool {
    !text.is_empty()
        && text
            .chars()
            .all(|letter| letter.is_ascii_digit() || matches!(letter, ',' | '.' | '%' | ' '))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn totals_and_page_numbers_are_no_animals() {
        let cells = |line: &str| line.split('|').map(str::to_owned).collect::<Vec<_>>();
        let header = Header::read(&cells("id|species|name|color")).expect("the header is complete");
        let is_line = |line: &str| Headings::default().has(&header, &cells(line));
        for line in [
            "Total: 123",
            "Total|123||",
            "Grand Total:|1,204||",
            "Page 1 of 3",
            "|||Page 2 of 3",
            "12 records",
        ] {
            assert!(is_line(line), "{line}");
        }
        for line in [
            "A1|dog|Total|",
            "A1||Count Dracula|black",
            "Total|dog|12|",
            "Totally|fur||",
            "12|records||",
        ] {
            assert!(!is_line(line), "{line}");
        }
    }
}
