//! How the words of a table are turned into English.

use pet_vocabulary::fold;

use crate::formats::{Column, Titles};

/// Words in these columns, folded, and what they are in English.
pub(crate) type Phrases = (&'static [Column], &'static [(&'static str, &'static str)]);

/// The longest phrase in words.
const LONGEST_PHRASE: usize = 5;

/// What is kept about a stay.
pub(super) const STAY: &[Column] = &[
    Column::Status,
    Column::Outcome,
    Column::OutcomeSubtype,
    Column::Condition,
];
/// How an animal came.
pub(super) const INTAKE: &[Column] = &[Column::IntakeType, Column::IntakeSubtype];
pub(super) const BREED: &[Column] = &[Column::Breed, Column::SecondBreed];
pub(super) const COLOR: &[Column] = &[Column::Color, Column::Pattern, Column::Coat];
/// Columns that answer yes or no, or nothing.
pub(super) const ANSWERS: &[Column] = &[
    Column::Name,
    Column::Sex,
    Column::Altered,
    Column::Mixed,
    Column::Microchip,
    Column::ChipStatus,
    Column::Age,
    Column::BirthDate,
    Column::Color,
    Column::Size,
    Column::Breed,
    Column::IntakeType,
];

/// A language. Titles are in lower-case letters and digits without accents.
#[derive(Debug)]
pub(crate) struct Language {
    pub(crate) titles: &'static [Titles],
    /// Parts of titles about people, and about what is for the staff.
    pub(super) private: &'static [&'static str],
    pub(super) phrases: &'static [Phrases],
}

impl Language {
    pub(super) fn knows(&self, title: &str) -> bool {
        self.titles.iter().any(|(_, titles)| titles.contains(&title))
    }

    /// The cell with all words that are known put into English; `None` if none is. Words that are not known stay as they
    /// are, so that a warning about them shows what is in the file.
    pub(crate) fn in_english(&self, column: Column, cell: &str) -> Option<String> {
        let fitting = || self.phrases.iter().filter(|(columns, _)| columns.contains(&column));
        fitting().next()?;
        let find = |phrase: &str| {
            let mut known = fitting().flat_map(|(_, words)| words.iter());
            known.find(|(word, _)| *word == phrase).map(|(_, english)| *english)
        };
        if let Some(english) = find(&fold(cell)) {
            return Some(english.to_owned());
        }
        let words = words_of(cell);
        let mut english = String::with_capacity(cell.len());
        let (mut at, mut is_changed) = (0, false);
        while let Some(word) = words.get(at) {
            let longest = LONGEST_PHRASE.min(words.len() - at);
            let found = (1..=longest).rev().find_map(|length| {
                let phrase: Vec<&str> = words
                    .iter()
                    .skip(at)
                    .take(length)
                    .map(|word| word.folded.as_str())
                    .collect();
                Some((length, find(&phrase.join(" "))?))
            });
            let (length, text) = found.unwrap_or((1, word.written));
            is_changed |= found.is_some();
            // In English a hyphen binds one name: `blue-cream`.
            match column {
                Column::Color if word.before == "-" => english.push('/'),
                _ => english.push_str(word.before),
            }
            english.push_str(text);
            at += length;
        }
        let bare = english.trim_matches(|letter: char| letter.is_whitespace() || matches!(letter, '.' | ',' | ':'));
        is_changed.then(|| bare.to_owned())
    }
}

/// A word of a cell, and what stands between it and the one before.
struct Word<'a> {
    before: &'a str,
    written: &'a str,
    folded: String,
}

/// The words of a cell. Apostrophes are within words.
fn words_of(cell: &str) -> Vec<Word<'_>> {
    let is_letter = |letter: char| letter.is_alphanumeric() || matches!(letter, '\'' | '’');
    let mut words = Vec::new();
    let mut rest = cell;
    while let Some(start) = rest.find(is_letter) {
        let (before, tail) = rest.split_at(start);
        let end = tail.find(|letter| !is_letter(letter)).unwrap_or(tail.len());
        let (written, tail) = tail.split_at(end);
        let folded = fold(written);
        words.push(Word {
            before,
            written,
            folded,
        });
        rest = tail;
    }
    words
}

#[cfg(test)]
mod tests {
    use super::super::{ALL, GERMAN, language_of};
    use super::*;

    #[test]
    fn words_are_put_into_english_and_others_stay() {
        let english = |column, cell| GERMAN.in_english(column, cell);
        assert_eq!(english(Column::Color, "schwarz-weiß").as_deref(), Some("black/white"));
        assert_eq!(english(Column::Age, "ca. 4 Jahre").as_deref(), Some("4 years"));
        assert_eq!(
            english(Column::Breed, "Labrador-Mischling").as_deref(),
            Some("Labrador-mix")
        );
        assert_eq!(english(Column::Breed, "Beagle"), None);
        assert_eq!(english(Column::Description, "schwarz"), None);
    }

    #[test]
    fn titles_and_phrases_are_written_as_they_are_compared() {
        for language in ALL {
            for (_, titles) in language.titles {
                for title in *titles {
                    assert_eq!(fold(title).replace(' ', ""), *title);
                }
            }
            for (phrase, _) in language.phrases.iter().flat_map(|(_, phrases)| phrases.iter()) {
                assert_eq!(fold(phrase), *phrase);
                assert!(phrase.split(' ').count() <= LONGEST_PHRASE, "{phrase}");
            }
        }
    }

    #[test]
    fn a_few_words_that_two_languages_share_are_no_language() {
        let titles = |line: &str| line.split(',').map(str::to_owned).collect::<Vec<_>>();
        assert!(language_of(&titles("id,species,race,code,status")).is_none());
        assert!(language_of(&titles("tiernr,tierart,rasse,name")).is_some());
    }
}
