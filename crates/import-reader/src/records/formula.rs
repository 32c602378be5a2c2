//! Cells that another program has changed so that no spreadsheet takes them for a formula.
//!
//! `shelter_exports::csv` writes such cells, and so do others on the advice of OWASP. The two crates do not depend on each
//! other; a test of `shelter-exports` compares them on any text.

/// Makes spreadsheets leave a cell alone.
const GUARD: char = '\'';

/// The text of a cell without the apostrophe that keeps a spreadsheet from taking it for a formula; an apostrophe before
/// anything else, as in `'Tis`, is a letter like others.
pub fn restored(cell: &str) -> &str {
    cell.strip_prefix(GUARD).filter(|_| is_formula(cell)).unwrap_or(cell)
}

/// Whether a cell is a formula, whatever blanks and apostrophes it has in front.
fn is_formula(cell: &str) -> bool {
    let text =
        cell.trim_start_matches(|letter: char| letter.is_whitespace() || is_invisible(letter) || letter == GUARD);
    let lead = cell.get(..cell.len() - text.len()).unwrap_or_default();
    let begins = text.starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠']);
    lead.contains(['\t', '\r', '\n']) || begins && !is_negative_number(text)
}

fn is_invisible(letter: char) -> bool {
    matches!(letter, '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' | '\0')
}

/// Whether the text is a minus and decimal digits with at most one point among them: nobody guards that.
fn is_negative_number(text: &str) -> bool {
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    text.strip_prefix('-')
        .is_some_and(|number| match number.split_once('.') {
            Some((whole, fraction)) => digits(whole) && digits(fraction),
            None => digits(number),
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_apostrophe_goes_only_before_a_formula() {
        for (cell, text) in [
            ("'=1+1", "=1+1"),
            ("'+15125550142", "+15125550142"),
            ("'@home", "@home"),
            ("'- shy", "- shy"),
            ("''=1", "'=1"),
            ("'Tis", "'Tis"),
            ("'-3", "'-3"),
            ("=1", "=1"),
            ("", ""),
        ] {
            assert_eq!(restored(cell), text);
        }
    }
}
