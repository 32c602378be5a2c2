//! Languages other than English in which shelters keep their tables: titles of columns, and words in them.

mod french;
mod german;
mod language;
mod spanish;

pub(crate) use language::Language;

use self::{french::FRENCH, german::GERMAN, spanish::SPANISH};
use crate::formats::{Column, Titles};

static ALL: [&Language; 3] = [&GERMAN, &SPANISH, &FRENCH];

/// A table is in a language if it has this many of its titles: some words are spelled alike in several.
const ENOUGH_TITLES: usize = 3;

/// The language of most of these titles, in lower-case letters and digits; `None` for English and all others.
pub(crate) fn language_of(titles: &[String]) -> Option<&'static Language> {
    let known = |language: &Language| titles.iter().filter(|title| language.knows(title)).count();
    let counted = ALL.into_iter().map(|language| (known(language), language));
    let most = counted
        .filter(|(known, _)| ENOUGH_TITLES <= *known)
        .max_by_key(|(known, _)| *known);
    most.map(|(_, language)| language)
}

/// The titles of all languages.
pub(crate) fn titles() -> impl Iterator<Item = (Column, &'static str)> {
    let each = |(column, titles): &'static Titles| titles.iter().map(|title| (*column, *title));
    ALL.into_iter().flat_map(|language| language.titles).flat_map(each)
}

/// Whether a title holds a word for people, or for what the staff write for themselves.
pub(crate) fn is_private(title: &str) -> bool {
    let mut words = ALL.into_iter().flat_map(|language| language.private);
    words.any(|word| title.contains(word))
}
