//! How titles are compared: by their letters and digits, without case, accents and punctuation.

use pet_vocabulary::fold;

use super::aliases::is_known;

/// No table has more columns than this. Those behind them are not read, so that a damaged line with a hundred thousand
/// separators is dealt with at once.
pub(super) const MOST_TITLES: usize = 2000;

/// The titles as they are compared.
pub(super) fn keys(cells: &[String]) -> Vec<String> {
    cells.iter().take(MOST_TITLES).map(|title| key(title)).collect()
}

/// A title in lower case without punctuation. `#` is read as "number" if that gives a known title.
pub(super) fn key(title: &str) -> String {
    if title.contains('#') {
        let numbered = letters_and_digits(&title.replace('#', "number"));
        if is_known(&numbered) {
            return numbered;
        }
    }
    letters_and_digits(title)
}

fn letters_and_digits(title: &str) -> String {
    fold(title).replace(' ', "")
}
