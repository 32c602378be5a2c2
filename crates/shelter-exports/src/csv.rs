//! Writes tables as RFC 4180 wants them, safe to open in a spreadsheet, one row at a time.
//!
//! Lines end with CRLF; cells with a comma, a quotation mark, a line break or a blank at either end are quoted. Nothing is
//! kept but the row that is being written.
//!
//! Every cell goes through [`neutralised`], as any of them may hold a stranger's words. What a spreadsheet does with a
//! file that it is told to split at another sign than the comma is not in the hands of the file: a semicolon within a cell
//! then begins a new one.

use std::{
    borrow::Cow,
    io::{self, Write},
};

/// Makes spreadsheets leave a cell alone, and marks cells that this module changed.
const GUARD: char = '\'';

/// Begins the file for spreadsheets that would otherwise not take it for UTF-8.
pub const BYTE_ORDER_MARK: &str = "\u{feff}";

/// Whether a file begins with the byte order mark of UTF-8.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ByteOrderMark {
    /// For programs, which might take it for a part of the first title.
    Without,
    /// For people: Excel reads a file without it in the code page of the machine.
    With,
}

/// Writes rows, each as soon as it is given.
#[derive(Debug)]
pub struct Writer<W: Write> {
    out: W,
    line: String,
}

impl<W: Write> Writer<W> {
    /// A table that begins here. Fails if the destination does.
    pub fn new(mut out: W, mark: ByteOrderMark) -> io::Result<Self> {
        if mark == ByteOrderMark::With {
            out.write_all(BYTE_ORDER_MARK.as_bytes())?;
        }
        Ok(Self {
            out,
            line: String::new(),
        })
    }

    /// Writes one row with a single call of the destination. Fails if that does, and may then have written part of it.
    pub fn row<C: AsRef<str>>(&mut self, cells: impl IntoIterator<Item = C>) -> io::Result<()> {
        self.line.clear();
        append(&mut self.line, cells);
        self.out.write_all(self.line.as_bytes())
    }

    /// Flushes the destination and returns it.
    pub fn finish(mut self) -> io::Result<W> {
        self.out.flush()?;
        Ok(self.out)
    }
}

/// One row with its line end, as [`Writer::row`] writes it: for streams that take text.
pub fn line<C: AsRef<str>>(cells: impl IntoIterator<Item = C>) -> String {
    let mut line = String::new();
    append(&mut line, cells);
    line
}

/// The cell in a form that no spreadsheet takes for a formula: an apostrophe comes first if it would be one.
///
/// These are formulas: cells that begin with `=`, `+`, `-` or `@`, also in full width, after any blanks; and cells that
/// begin with a tab, a carriage return or a line feed, which some programs drop (OWASP, CSV Injection). A negative number
/// such as `-3` or `-97.74` stays as it is: as a formula it has the value that it shows, and programs that read
/// coordinates want numbers. `+15125550142` is kept as text by the apostrophe, because a spreadsheet would drop its sign.
/// An apostrophe is also added to a cell that has apostrophes before a formula, so that [`restored`] can tell whose the
/// first one is: for any text `restored(&neutralised(text)) == text`.
pub fn neutralised(cell: &str) -> Cow<'_, str> {
    if is_formula(cell) {
        Cow::Owned(format!("{GUARD}{cell}"))
    } else {
        Cow::Borrowed(cell)
    }
}

/// The text of which [`neutralised`] made this cell. Texts of other origin lose an apostrophe only before a formula, where
/// other programs put it for the same reason; `'Tis` keeps its own.
///
/// A reader that trims cells does so before.
pub fn restored(cell: &str) -> &str {
    cell.strip_prefix(GUARD).filter(|_| is_formula(cell)).unwrap_or(cell)
}

/// Whether a cell is a formula, whatever blanks and apostrophes it has in front: so it does not matter to the answer
/// whether a guard has been added.
fn is_formula(cell: &str) -> bool {
    let text =
        cell.trim_start_matches(|letter: char| letter.is_whitespace() || is_invisible(letter) || letter == GUARD);
    let lead = cell.get(..cell.len() - text.len()).unwrap_or_default();
    let begins = text.starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠']);
    lead.contains(['\t', '\r', '\n']) || begins && !is_negative_number(text)
}

/// Characters without width, which programs may drop before they look.
fn is_invisible(letter: char) -> bool {
    matches!(letter, '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' | '\0')
}

/// Whether the text is a minus and decimal digits with at most one point among them.
fn is_negative_number(text: &str) -> bool {
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    text.strip_prefix('-')
        .is_some_and(|number| match number.split_once('.') {
            Some((whole, fraction)) => digits(whole) && digits(fraction),
            None => digits(number),
        })
}

fn append<C: AsRef<str>>(line: &mut String, cells: impl IntoIterator<Item = C>) {
    for (index, cell) in cells.into_iter().enumerate() {
        if 0 < index {
            line.push(',');
        }
        append_cell(line, &neutralised(cell.as_ref()));
    }
    line.push_str("\r\n");
}

fn append_cell(line: &mut String, cell: &str) {
    let outer = |letter: Option<char>| letter.is_some_and(char::is_whitespace);
    let quoted = cell.contains([',', '"', '\r', '\n']) || outer(cell.chars().next()) || outer(cell.chars().next_back());
    if quoted {
        line.push('"');
        line.push_str(&cell.replace('"', "\"\""));
        line.push('"');
    } else {
        line.push_str(cell);
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn formulas_get_an_apostrophe() {
        for cell in [
            "=1+1",
            "+1",
            "-1+1",
            "-",
            "- shy",
            "@SUM(A1)",
            "\tx",
            "\rx",
            "\nx",
            "  =1",
            "\u{a0}=1",
            "\u{200b}=1",
            "\u{feff}@x",
            "＝1",
            "＋1",
            "－1",
            "＠x",
            "+15125550142",
            "-1.2.3",
            "-1e5",
            "'=1",
            " '=1",
        ] {
            assert_eq!(neutralised(cell), format!("'{cell}"), "{cell:?}");
            assert_eq!(restored(&neutralised(cell)), cell, "{cell:?}");
        }
    }

    #[test]
    fn other_cells_stay_as_they_are() {
        for cell in [
            "", " ", "Max", "'Tis", "a=b", "-3", "-97.7431", "3", "5 - 6", "''", "1+1", " -3",
        ] {
            assert_eq!(neutralised(cell), cell);
            assert_eq!(restored(cell), cell);
        }
    }

    #[test]
    fn apostrophes_of_other_programs_go_too() {
        assert_eq!(restored("'+15125550142"), "+15125550142");
        assert_eq!(restored("'=A1"), "=A1");
        assert_eq!(restored("'-3"), "'-3");
    }

    #[test]
    fn cells_are_quoted_where_the_standard_wants_it() {
        assert_eq!(
            line(["a", "b,c", "say \"no\"", "", "x\ny"]),
            "a,\"b,c\",\"say \"\"no\"\"\",,\"x\ny\"\r\n"
        );
        assert_eq!(line([" a ", "b"]), "\" a \",b\r\n");
    }

    #[test]
    fn a_file_may_begin_with_a_mark() -> io::Result<()> {
        for (mark, text) in [
            (ByteOrderMark::With, "\u{feff}a\r\n"),
            (ByteOrderMark::Without, "a\r\n"),
        ] {
            let mut writer = Writer::new(Vec::new(), mark)?;
            writer.row(["a"])?;
            assert_eq!(writer.finish()?, text.as_bytes());
        }
        Ok(())
    }

    proptest! {
        #[test]
        fn what_is_neutralised_can_be_restored(
            text in "['=+@\\- \t\r\n＝＠0-9.a\u{200b}]{0,8}",
            any in any::<String>(),
        ) {
            for text in [text, any] {
                let safe = neutralised(&text);
                prop_assert_eq!(restored(&safe), text.as_str());
                let bare = safe.trim_start();
                let formula = bare.starts_with(['=', '+', '@', '＝', '＋', '－', '＠']);
                prop_assert!(!formula, "{:?}", safe);
                prop_assert!(!bare.starts_with('-') || bare.trim_start_matches('-').parse::<f64>().is_ok());
            }
        }
    }
}
