//! Phone numbers.

use super::signs::{is_digit, is_invisible, spelled, word};
use crate::kernel::text::street::follows_number_of_street;

/// Minimum number of digits. Shorter numbers are house numbers, weights or postal codes.
const FEWEST: usize = 7;
/// Maximum number of digits of a numbered street, as in `236th Ave`. The last group of a phone number is longer.
const LONGEST_STREET: usize = 3;
/// Maximum number of separators between two digits of one number.
const LONGEST_GAP: usize = 3;

/// Spelled-out digits.
const DIGITS: [&str; 10] = [
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine",
];
/// Spelled-out separators between digits.
const SEPARATORS: [&str; 8] = ["dot", "dash", "hyphen", "minus", "point", "slash", "space", "period"];

/// Length of a phone number at the beginning of `text`, given the text before it.
pub(super) fn length_behind(before: &str, text: &str) -> Option<usize> {
    length(text).filter(|length| {
        let is_joined = before
            .strip_suffix('-')
            .is_some_and(|word| word.ends_with(char::is_alphabetic));
        !(is_joined && text.get(..*length).is_some_and(ends_code))
    })
}

/// Whether the number is the end of a code such as `Sc-100918-1`: it has the minimum number of digits, in groups that
/// no phone number has.
fn ends_code(number: &str) -> bool {
    let groups: Vec<usize> = number.split('-').map(str::len).collect();
    let is_plain = number.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-');
    is_plain && groups.iter().sum::<usize>() == FEWEST && groups != [3, 4] && groups != [FEWEST]
}

/// Length of a phone number at the beginning of the text.
fn length(text: &str) -> Option<usize> {
    if date_length(text).is_some() {
        return None;
    }
    let first = text.chars().next()?;
    if !(is_digit(first) || matches!(first, '+' | '＋' | '(' | '（')) && word(text, &DIGITS).is_none() {
        return None;
    }
    let (mut at, mut digits, mut end, mut gap) = (0, 0, 0, 0);
    // Number of digits, and the end, before the current group of digits.
    let mut before = (0, 0);
    while let Some(rest) = text.get(at..) {
        if let Some(length) = digit(rest) {
            if end < at {
                before = (digits, end);
            }
            (at, digits, gap) = (at + length, digits + 1, 0);
            end = at;
        } else if let Some(said) = spelled(rest, &SEPARATORS).filter(|_| 0 < digits) {
            at += said.length;
        } else {
            match rest.chars().next() {
                Some(c) if is_invisible(c) => at += c.len_utf8(),
                Some(c) if is_separator(c) && gap < LONGEST_GAP => (at, gap) = (at + c.len_utf8(), gap + 1),
                _ => break,
            }
        }
    }
    if digits <= before.0 + LONGEST_STREET && follows_number_of_street(text.get(end..)?) {
        (digits, end) = before;
    }
    while let Some(c) = text.get(end..)?.chars().next().filter(|c| is_invisible(*c)) {
        end += c.len_utf8();
    }
    (FEWEST <= digits).then_some(end)
}

/// Length of a date such as `2026-11-20` or `11/20/2026` at the beginning of the text. A date is not a phone number or
/// part of one.
pub(super) fn date_length(text: &str) -> Option<usize> {
    let end = text
        .find(|c: char| !(c.is_ascii_digit() || "-/.".contains(c)))
        .unwrap_or(text.len());
    let date = text.get(..end)?.trim_end_matches(['-', '/', '.']);
    let parts: Vec<&str> = date.split(['-', '/', '.']).collect();
    let lengths: Vec<usize> = parts.iter().map(|part| part.len()).collect();
    matches!(lengths.as_slice(), [4, 1..=2, 1..=2] | [1..=2, 1..=2, 4]).then_some(date.len())
}

fn digit(text: &str) -> Option<usize> {
    let first = text.chars().next()?;
    if is_digit(first) {
        return Some(first.len_utf8());
    }
    word(text, &DIGITS)
}

fn is_separator(c: char) -> bool {
    c.is_whitespace() && c != '\n'
        || matches!(c, '\u{2010}'..='\u{2015}' | '\u{2212}')
        || "-.()+/_*~|·•．。（）＋－／‐".contains(c)
}
