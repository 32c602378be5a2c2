//! Normalises and compares words typed by hand.

use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

/// Words of letters and digits in lower case, without accents and separated by single spaces: `" Domestic-SH,"` becomes
/// `"domestic sh"` and `"Toño"` becomes `"tono"`.
///
/// Apostrophes, and marks that are not letters such as Thai tone marks, are removed without splitting a word. Folding
/// is idempotent.
pub fn fold(text: &str) -> String {
    if text.is_ascii() {
        folded(text.chars(), text.len())
    } else {
        folded(text.nfkd().filter(|letter| !is_accent(*letter)).nfc(), text.len())
    }
}

/// The longest cell in bytes that is read for names: longer ones are no names but texts, or damaged.
const LONGEST_CELL: usize = 300;

/// The beginning of a cell, as far as it can hold names.
pub(super) fn clipped(cell: &str) -> &str {
    let end = cell.floor_char_boundary(LONGEST_CELL);
    cell.get(..end).unwrap_or(cell)
}

fn folded(letters: impl Iterator<Item = char>, length: usize) -> String {
    let mut folded = String::with_capacity(length);
    let mut gap = false;
    for letter in letters {
        if letter.is_alphanumeric() {
            if gap && !folded.is_empty() {
                folded.push(' ');
            }
            gap = false;
            if letter.is_ascii() {
                folded.push(letter.to_ascii_lowercase());
                continue;
            }
            match plain(letter) {
                Some(plain) => folded.push_str(plain),
                None => folded.extend(letter.to_lowercase().filter(|letter| letter.is_alphanumeric())),
            }
        } else if !matches!(letter, '\'' | '’' | '`') && !is_combining_mark(letter) {
            gap = true;
        }
    }
    folded
}

/// Combining marks above, through and below the letters of European scripts.
fn is_accent(letter: char) -> bool {
    matches!(letter, '\u{300}'..='\u{36f}' | '\u{1ab0}'..='\u{1aff}' | '\u{1dc0}'..='\u{1dff}' | '\u{20d0}'..='\u{20ff}')
}

/// Letters that Unicode does not decompose, in the spelling of people whose keyboards lack them.
fn plain(letter: char) -> Option<&'static str> {
    Some(match letter {
        'ß' | 'ẞ' => "ss",
        'æ' | 'Æ' => "ae",
        'œ' | 'Œ' => "oe",
        'ø' | 'Ø' => "o",
        'đ' | 'Đ' | 'ð' | 'Ð' => "d",
        'þ' | 'Þ' => "th",
        'ł' | 'Ł' => "l",
        'ı' => "i",
        _ => return None,
    })
}

/// The words of folded text in alphabetical order, so that `collie border` and `border collie` are equal.
pub(super) fn sorted_words(folded: &str) -> String {
    let mut words: Vec<&str> = folded.split(' ').collect();
    words.sort_unstable();
    words.join(" ")
}

/// The text with every doubled letter reduced to one.
pub(super) fn squeezed(folded: &str) -> String {
    let mut letters: Vec<char> = folded.chars().collect();
    letters.dedup();
    letters.into_iter().collect()
}

/// Edit distance: the number of letters to insert, remove, replace or swap with a neighbour to turn `left` into
/// `right`; `None` if it exceeds `limit`.
pub(super) fn distance(left: &str, right: &str, limit: usize) -> Option<usize> {
    let (left, right): (Vec<char>, Vec<char>) = (left.chars().collect(), right.chars().collect());
    if limit < left.len().abs_diff(right.len()) {
        return None;
    }
    let mut before: Vec<usize> = Vec::new();
    let mut row: Vec<usize> = (0..=right.len()).collect();
    let mut last_left = None;
    for (line, &a) in left.iter().enumerate() {
        let next = next_row(&before, &row, &right, (a, last_left), line + 1);
        if next.iter().min().is_none_or(|&best| limit < best) {
            return None;
        }
        before = std::mem::replace(&mut row, next);
        last_left = Some(a);
    }
    row.last().copied().filter(|&edits| edits <= limit)
}

/// One row of the distance matrix, computed from the two rows above it.
fn next_row(
    before: &[usize],
    above: &[usize],
    right: &[char],
    (letter, last): (char, Option<char>),
    first: usize,
) -> Vec<usize> {
    let mut next = Vec::with_capacity(above.len());
    next.push(first);
    let mut cell = first;
    for (column, (&b, pair)) in right.iter().zip(above.windows(2)).enumerate() {
        let &[diagonal, up] = pair else { continue };
        cell = (cell + 1).min(up + 1).min(diagonal + usize::from(letter != b));
        let previous = column.checked_sub(1).and_then(|index| right.get(index));
        if previous == Some(&letter)
            && last == Some(b)
            && let Some(&swapped) = column.checked_sub(1).and_then(|index| before.get(index))
        {
            cell = cell.min(swapped + 1);
        }
        next.push(cell);
    }
    next
}

/// Maximum number of typing errors tolerated in a word or name of this length: none below five letters, at most three.
pub(super) fn forgiven(letters: usize) -> usize {
    match letters {
        0..5 => 0,
        5..9 => 1,
        9..15 => 2,
        _ => 3,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn punctuation_and_case_vanish() {
        assert_eq!(fold("  Shar-Pei,  CHINESE's "), "shar pei chineses");
        assert_eq!(fold("***"), "");
    }

    #[test]
    fn accents_vanish() {
        for (raw, plain) in [
            ("Toño", "tono"),
            ("MÜLLER", "muller"),
            ("İris", "iris"),
            ("Großer Łukasz", "grosser lukasz"),
        ] {
            assert_eq!(fold(raw), plain);
        }
        assert_eq!(fold("cafe\u{301}"), fold("café"));
    }

    proptest! {
        #[test]
        fn folded_text_holds_letters_and_single_blanks_and_stays_as_it_is(raw: String) {
            let once = fold(&raw);
            prop_assert!(once.chars().all(|letter| letter == ' ' || letter.is_alphanumeric()), "{once:?}");
            prop_assert!(once.split(' ').all(|word| !word.is_empty()) || once.is_empty(), "{once:?}");
            prop_assert_eq!(fold(&once), once);
        }
    }

    #[test]
    fn a_swap_of_neighbours_is_one_slip() {
        assert_eq!(distance("cattel", "cattle", 3), Some(1));
        assert_eq!(distance("austrailian", "australian", 3), Some(1));
        assert_eq!(distance("kitten", "sitting", 3), Some(3));
        assert_eq!(distance("kitten", "sitting", 2), None);
        assert_eq!(distance("", "abc", 3), Some(3));
    }
}
