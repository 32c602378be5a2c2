//! How titles are compared: by their letters and digits, without case, accents and punctuation.

use pet_vocabulary::fold;

use super::aliases::is_known;

pub(super) fn keys(cells: &[String]) -> Vec<String> {
    cells.iter().map(|title| key(title)).collect()
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
