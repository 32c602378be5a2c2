//! Splits a stream of text into records of cells, within fixed limits.
//!
//! Follows RFC 4180, but tolerates common deviations: quotes within a cell, single carriage returns as line ends,
//! blanks before a quote. An unclosed quotation mark costs one record and not the rest of the file.

use std::io::{self, Read};

use super::{
    scan::{Scan, scan},
    window::Window,
};

/// Maximum size of a record in bytes.
pub(crate) const RECORD_LIMIT: usize = 1024 * 1024;

/// Maximum number of lines in a quoted record.
const LINE_LIMIT: u32 = 2000;

/// How often an unclosed quotation mark is repaired by reading its lines again; after that such records are skipped
/// whole, so that a malicious file cannot make the server read it many times.
const REPAIR_LIMIT: u32 = 100;

/// The cells of one record.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Record {
    /// Line on which it starts; the first line of the file is 1.
    pub(crate) line: u32,
    /// Unquoted cells, in order.
    pub(crate) cells: Vec<String>,
    /// Indexes of cells that are blank because an object lacks their key.
    pub(crate) absent: Vec<usize>,
    /// Whether the file ends right after it, without a line end.
    pub(crate) last: bool,
}

/// Reasons why a record could not be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Fault {
    /// A quotation mark is never closed.
    OpenQuote,
    /// The same, after too many repairs: the lines that it swallowed are not read.
    Swallowed,
    /// The same at the end of the file.
    Truncated,
    /// Longer than the limit.
    TooLong,
    /// Not a JSON object; position of the error, both numbers starting at 1.
    BadObject { line: u32, column: u32 },
}

/// A record, or the line of one that could not be read.
pub(crate) type Step = Result<Record, (u32, Fault)>;

/// Reads records one after another.
pub(crate) struct Records<R> {
    window: Window<R>,
    separator: u8,
    line: u32,
    repairs: u32,
}

impl<R: Read> Records<R> {
    pub(crate) fn new(window: Window<R>, separator: u8) -> Self {
        Self {
            window,
            separator,
            line: 1,
            repairs: 0,
        }
    }

    /// The next record; `None` at the end of the file.
    pub(crate) fn next(&mut self) -> io::Result<Option<Step>> {
        loop {
            if self.window.rest().is_empty() {
                if self.window.is_last() {
                    return Ok(None);
                }
                self.window.fill()?;
                continue;
            }
            match scan(self.window.rest(), self.separator, self.window.is_last()) {
                Scan::Done {
                    cells,
                    used,
                    lines,
                    last,
                } => return Ok(Some(Ok(self.take(cells, used, lines, last)))),
                Scan::Incomplete { quoted, lines } => {
                    let over = RECORD_LIMIT < self.window.rest().len() || LINE_LIMIT < lines;
                    if !over && !self.window.is_last() {
                        self.window.fill()?;
                        continue;
                    }
                    return self.give_up(quoted, lines).map(Some);
                }
            }
        }
    }

    fn take(&mut self, cells: Vec<String>, used: usize, lines: u32, last: bool) -> Record {
        let record = Record {
            line: self.line,
            cells,
            absent: Vec::new(),
            last,
        };
        self.window.consume(used);
        self.line = self.line.saturating_add(lines);
        record
    }

    /// Skips an unreadable record: continues on its second line, or after the record if that has been done too often.
    fn give_up(&mut self, quoted: bool, lines: u32) -> io::Result<Step> {
        let line = self.line;
        let second_line = self
            .window
            .rest()
            .iter()
            .position(|byte| *byte == b'\n')
            .map(|at| at + 1);
        let fault = match (quoted, second_line) {
            (true, Some(_)) if self.repairs < REPAIR_LIMIT => Fault::OpenQuote,
            (true, Some(_)) => Fault::Swallowed,
            (true, None) if self.window.is_last() && self.window.rest().len() <= RECORD_LIMIT => Fault::Truncated,
            _ => Fault::TooLong,
        };
        match second_line {
            Some(bytes) if self.repairs < REPAIR_LIMIT => {
                self.repairs += 1;
                self.window.consume(bytes);
                self.line = self.line.saturating_add(1);
            }
            _ => {
                self.window.consume(usize::MAX);
                self.line = self.line.saturating_add(lines);
                self.skip_line()?;
            }
        }
        Ok(Err((line, fault)))
    }

    fn skip_line(&mut self) -> io::Result<()> {
        loop {
            if let Some(end) = self.window.rest().iter().position(|byte| *byte == b'\n') {
                self.window.consume(end + 1);
                self.line = self.line.saturating_add(1);
                return Ok(());
            }
            self.window.consume(usize::MAX);
            if self.window.is_last() {
                return Ok(());
            }
            self.window.fill()?;
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn steps(input: &[u8]) -> Vec<Step> {
        let mut records = Records::new(Window::new(input), b',');
        std::iter::from_fn(|| records.next().expect("memory cannot fail")).collect()
    }

    fn cells(input: &str) -> Vec<Vec<String>> {
        steps(input.as_bytes())
            .into_iter()
            .filter_map(Result::ok)
            .map(|record| record.cells)
            .collect()
    }

    #[test]
    fn quotes_hold_separators_lines_and_quotes() {
        assert_eq!(
            cells("a,b\n\"x, y\nz\",\"say \"\"hi\"\"\"\n"),
            [["a", "b"], ["x, y\nz", "say \"hi\""]]
        );
        assert_eq!(
            cells("a,b\nMelody \"Mel\",\"Mel \"the cat\" B\"\n")[1],
            ["Melody \"Mel\"", "Mel \"the cat\" B"]
        );
        assert_eq!(cells("a, b\r\n1, \"2\" \r\n"), [["a", " b"], ["1", "2"]]);
    }

    #[test]
    fn lines_are_counted_through_quotes() {
        let lines: Vec<u32> = steps(b"a,b\n\"1\n2\",x\n3,y")
            .into_iter()
            .flatten()
            .map(|record| record.line)
            .collect();
        assert_eq!(lines, [1, 2, 4]);
    }

    #[test]
    fn an_unclosed_quote_costs_one_record() {
        let read = steps(b"a,b\n1,\"x\n2,y\n3,z\n");
        assert_eq!(read.get(1), Some(&Err((2, Fault::OpenQuote))));
        assert_eq!(read.len(), 4);
        assert_eq!(steps(b"a,b\n1,\"x").get(1), Some(&Err((2, Fault::Truncated))));
    }

    #[test]
    fn after_many_unclosed_quotes_lines_are_skipped_and_that_is_said() {
        let block = format!(
            "1,\"a\n{}",
            "2,b\n".repeat(usize::try_from(LINE_LIMIT).expect("a small number") + 50)
        );
        let read = steps(block.repeat(103).as_bytes());
        let count = |fault| {
            read.iter()
                .filter(|step| matches!(step, Err((_, found)) if *found == fault))
                .count()
        };
        assert_eq!(count(Fault::OpenQuote), 100);
        assert!(0 < count(Fault::Swallowed));
    }

    #[test]
    fn an_endless_record_does_not_fill_memory() {
        let mut records = Records::new(Window::new(io::repeat(b'x').take(64 * 1024 * 1024)), b',');
        assert_eq!(
            records.next().expect("memory cannot fail"),
            Some(Err((1, Fault::TooLong)))
        );
        assert!(records.window.rest().len() < 2 * RECORD_LIMIT);
        assert_eq!(records.next().expect("memory cannot fail"), None);
    }

    #[test]
    fn the_last_record_knows_that_it_is_not_ended() {
        let read: Vec<bool> = steps(b"a,b\n1,2")
            .into_iter()
            .flatten()
            .map(|record| record.last)
            .collect();
        assert_eq!(read, [false, true]);
    }

    proptest! {
        #[test]
        fn any_bytes_can_be_cut(bytes in proptest::collection::vec(prop_oneof![Just(b'"'), Just(b','), Just(b'\n'), Just(b'\r'), any::<u8>()], 0..400)) {
            steps(&bytes);
        }

        #[test]
        fn what_is_written_is_read(rows in proptest::collection::vec(proptest::collection::vec("[a-c\" ,\n]{0,6}", 2), 1..6)) {
            let quote = |cell: &String| format!("\"{}\"", cell.replace('"', "\"\""));
            let line = |row: &Vec<String>| row.iter().map(quote).collect::<Vec<_>>().join(",");
            let file: String = rows.iter().map(|row| line(row) + "\r\n").collect();
            let mut records = Records::new(Window::new(file.as_bytes()), b',');
            let read: Vec<Vec<String>> = std::iter::from_fn(|| records.next().expect("memory cannot fail"))
                .filter_map(Result::ok).map(|record| record.cells).collect();
            prop_assert_eq!(read, rows);
        }
    }
}
