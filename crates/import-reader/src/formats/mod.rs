//! The vendors and data portals whose files are known: a small module for each.
//!
//! A module says how to tell the files of its vendor, and what titles, words and numbers mean there and nowhere else.
//! What everybody means by a title is in `columns`, and plain English for outcomes in `outcome`.

mod column;
mod format;
mod listings;
mod open_data;
mod own;
mod software;

pub(crate) use format::{Format, Meaning, Titles};
pub use own::OWN_FORMAT;

pub use column::Column;

/// Files whose header matches no vendor. What `location` means for most vendors is a kennel; who makes a table of
/// their own means the place.
pub(crate) static GENERIC: Format = Format {
    name: "Generic CSV",
    columns: &[(Column::Location, &["location"]), (Column::PostalCode, &["foundzip"])],
    ..Format::PLAIN
};

/// The layout with these titles, in lower-case letters and digits; our own first, then data portals, as they build on
/// the software of vendors.
pub(crate) fn recognise(titles: &[String]) -> &'static Format {
    all().find(|format| format.fits(titles)).unwrap_or(&GENERIC)
}

/// The titles to which some format gives a meaning of its own.
pub(crate) fn titles() -> impl Iterator<Item = &'static str> {
    all()
        .flat_map(|format| format.columns)
        .flat_map(|(_, titles)| titles.iter().copied())
}

fn all() -> impl Iterator<Item = &'static Format> {
    let others = open_data::ALL.iter().chain(&software::ALL).chain(&listings::ALL);
    [&own::OWN].into_iter().chain(others.copied()).chain([&GENERIC])
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn every_layout_can_be_told_and_none_hides_another() {
        for format in all().filter(|format| format.name != GENERIC.name) {
            assert!(!format.fingerprints.is_empty(), "{}", format.name);
            for print in format.fingerprints {
                let titles: Vec<String> = print.iter().map(|title| (*title).to_owned()).collect();
                assert!(std::ptr::eq(recognise(&titles), format), "{} {print:?}", format.name);
            }
        }
    }

    #[test]
    fn titles_and_words_are_written_as_they_are_compared() {
        for format in all() {
            let columns = format.columns.iter().flat_map(|(_, titles)| titles.iter());
            let titles = columns
                .chain(format.unread)
                .chain(format.fingerprints.iter().copied().flatten());
            for title in titles.map(|title| title.trim_end_matches('*')) {
                let plain = title
                    .chars()
                    .all(|letter| letter.is_ascii_lowercase() || letter.is_ascii_digit());
                assert!(plain && !title.is_empty(), "{} {title}", format.name);
            }
            for (_, word, _) in format.words.iter().copied().flatten() {
                assert_eq!(pet_vocabulary::fold(word), *word, "{}", format.name);
            }
        }
    }

    #[test]
    fn no_word_is_given_two_meanings() {
        for format in all() {
            let mut seen = HashSet::new();
            for (column, word, _) in format.words.iter().copied().flatten() {
                assert!(seen.insert((*column, *word)), "{} {column:?} {word}", format.name);
            }
        }
    }
}
