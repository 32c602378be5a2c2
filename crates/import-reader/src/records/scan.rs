//! Cuts the record at the start of some bytes into cells.

/// Result of scanning the bytes read so far.
pub(super) enum Scan {
    Done {
        cells: Vec<String>,
        used: usize,
        lines: u32,
        last: bool,
    },
    Incomplete {
        quoted: bool,
        lines: u32,
    },
}

/// The cells of the record at the start of `bytes`, and its length; `None` if it is incomplete.
pub(super) fn cut(bytes: &[u8], separator: u8, ended: bool) -> Option<(Vec<String>, usize)> {
    match scan(bytes, separator, ended) {
        Scan::Done { cells, used, .. } => Some((cells, used)),
        Scan::Incomplete { .. } => None,
    }
}

/// How many cells a record mostly has at most, and how many bytes a cell. Others only cost more allocations.
const USUAL_CELLS: usize = 16;
const USUAL_BYTES: usize = 128;

/// State of the parser within a cell.
#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    /// Only blanks so far.
    Before,
    Plain,
    Quoted,
    /// After the closing quotation mark.
    After,
}

/// A record under construction.
struct Cutter {
    cells: Vec<String>,
    cell: Vec<u8>,
    state: State,
    lines: u32,
}

/// Reads one record from the start of `bytes`.
pub(super) fn scan(bytes: &[u8], separator: u8, ended: bool) -> Scan {
    let mut cutter = Cutter {
        cells: Vec::with_capacity(USUAL_CELLS),
        cell: Vec::with_capacity(USUAL_BYTES),
        state: State::Before,
        lines: 0,
    };
    let mut at = 0;
    loop {
        at += cutter.copy(bytes.get(at..).unwrap_or_default(), separator);
        let Some(&byte) = bytes.get(at) else { break };
        at += 1;
        let behind = bytes.get(at..).unwrap_or_default();
        match (cutter.state, byte) {
            (State::Quoted, b'"') if behind.first() == Some(&b'"') => {
                cutter.cell.push(b'"');
                at += 1;
            }
            (State::Quoted, b'"') if closes(behind, separator, ended) => cutter.state = State::After,
            (State::Quoted, _) => cutter.quoted(byte),
            (_, b'\r') if behind.is_empty() && !ended => break,
            (_, b'\n' | b'\r') => {
                let pair = byte == b'\r' && behind.first() == Some(&b'\n');
                return cutter.finish(at + usize::from(pair), 1, false);
            }
            _ if byte == separator => cutter.next_cell(),
            _ => cutter.plain(byte),
        }
    }
    if ended && cutter.state != State::Quoted {
        return cutter.finish(bytes.len(), 0, true);
    }
    Scan::Incomplete {
        quoted: cutter.state == State::Quoted,
        lines: cutter.lines,
    }
}

impl Cutter {
    /// Copies the bytes that only go on with a cell; returns how many.
    fn copy(&mut self, rest: &[u8], separator: u8) -> usize {
        let length = match self.state {
            State::Plain => rest
                .iter()
                .position(|byte| *byte == separator || matches!(byte, b'\n' | b'\r')),
            State::Quoted => rest.iter().position(|byte| matches!(byte, b'"' | b'\n')),
            State::Before | State::After => Some(0),
        };
        let ordinary = length.and_then(|length| rest.get(..length)).unwrap_or(rest);
        self.cell.extend_from_slice(ordinary);
        ordinary.len()
    }

    fn quoted(&mut self, byte: u8) {
        self.lines += u32::from(byte == b'\n');
        self.cell.push(byte);
    }

    fn plain(&mut self, byte: u8) {
        match (self.state, byte) {
            (State::Before, b'"') => {
                self.cell.clear();
                self.state = State::Quoted;
                return;
            }
            (State::After, b' ') => return,
            (State::Before, b' ') => {}
            (State::Before, _) => self.state = State::Plain,
            _ => {}
        }
        self.cell.push(byte);
    }

    fn next_cell(&mut self) {
        self.cells.push(String::from_utf8_lossy(&self.cell).into_owned());
        self.cell.clear();
        self.state = State::Before;
    }

    fn finish(mut self, used: usize, line_ends: u32, last: bool) -> Scan {
        self.next_cell();
        let lines = self.lines + line_ends;
        Scan::Done {
            cells: self.cells,
            used,
            lines,
            last,
        }
    }
}

/// Whether a quotation mark closes its cell, which requires blanks and then a separator, a line end or the end of the
/// file.
fn closes(behind: &[u8], separator: u8, ended: bool) -> bool {
    match behind.iter().find(|byte| **byte != b' ') {
        Some(byte) => *byte == separator || matches!(byte, b'\n' | b'\r'),
        None => ended,
    }
}
