//! Finds out what separates the cells of a table.

use std::io::{self, Read};

use super::{scan::cut, window::Window};

/// Everything that separates cells somewhere.
const SEPARATORS: [u8; 4] = [b'|', b';', b'\t', b','];

/// Maximum number of records among which a header is looked for.
pub(crate) const HEADER_WITHIN: usize = 20;

/// The separator with which one of the first records is a header; if there is none, the most frequent one in the first
/// line.
pub(crate) fn separator<R: Read>(window: &mut Window<R>, is_header: impl Fn(&[String]) -> bool) -> io::Result<u8> {
    let bytes = window.peek()?;
    let first = bytes
        .split(|byte| matches!(byte, b'\n' | b'\r'))
        .next()
        .unwrap_or_default();
    let count = |separator: u8| first.iter().filter(|byte| **byte == separator).count();
    let frequent = SEPARATORS.into_iter().max_by_key(|byte| count(*byte)).unwrap_or(b',');
    let mut candidates = [frequent].into_iter().chain(SEPARATORS);
    let fits = |separator: &u8| first_records(bytes, *separator).any(|cells| is_header(&cells));
    Ok(candidates.find(fits).unwrap_or(frequent))
}

fn first_records(bytes: &[u8], separator: u8) -> impl Iterator<Item = Vec<String>> {
    let mut rest = bytes;
    let records = std::iter::from_fn(move || {
        let (cells, used) = cut(rest, separator, true).filter(|(_, used)| 0 < *used)?;
        rest = rest.get(used..)?;
        Some(cells)
    });
    records.take(HEADER_WITHIN)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> char {
        let is_header = |cells: &[String]| cells.iter().any(|cell| cell == "species");
        char::from(separator(&mut Window::new(text.as_bytes()), is_header).expect("memory cannot fail"))
    }

    #[test]
    fn the_most_frequent_sign_of_the_first_line_separates() {
        assert_eq!(found("a\tb\n1\t2,3\n"), '\t');
        assert_eq!(found("a;b,c;d\n"), ';');
        assert_eq!(found(""), ',');
    }

    #[test]
    fn a_header_below_a_title_decides() {
        assert_eq!(
            found("Animals, as of today, all of them\nid;species;name\n1;dog;\n"),
            ';'
        );
        assert_eq!(found("sep=;\nid;species\n"), ';');
    }
}
