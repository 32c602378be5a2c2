//! What a format is: the titles by which it is known, and what its titles and words mean.

use entity::vocabulary::{IntakeKind, PetKind, PetStatus, StayOutcome, StayStage};

use super::column::Column;

/// A column and its titles, the preferred one first.
pub(crate) type Titles = (Column, &'static [&'static str]);

/// A word that one vendor uses in a column, folded, and what it means there.
pub(crate) type Word = (Column, &'static str, Meaning);

/// What a word says about an animal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Meaning {
    /// It is in care, and this is done with it.
    Stays(Option<StayStage>),
    /// It left.
    Left(StayOutcome),
    /// Why it was taken in.
    Came(IntakeKind),
    /// It is somebody's own, who brought it for a service.
    Visits,
    /// It was reported, and how the report stands.
    Reported(PetKind, PetStatus),
}

/// A layout of one vendor or data portal. Titles are in lower-case letters and digits, words are folded.
#[derive(Debug)]
pub(crate) struct Format {
    /// The name that is shown to people; several layouts may share one.
    pub(crate) name: &'static str,
    /// Each is a set of titles which together identify the layout; `textbox*` stands for any title that begins so.
    pub(crate) fingerprints: &'static [&'static [&'static str]],
    /// Its own meaning of titles, which takes precedence over the general one.
    pub(crate) columns: &'static [Titles],
    /// Titles that mean something elsewhere and are not to be read here.
    pub(crate) unread: &'static [&'static str],
    /// Words and numbers that mean this only here.
    pub(crate) words: &'static [&'static [Word]],
    /// Whether it comes from the United States, so that its dates have the month first if nothing else decides.
    pub(crate) month_first: bool,
    /// Whether a cell of the kennel lists all the places in which the animal was, the latest last.
    pub(crate) kennel_history: bool,
    /// Whether it says everything in our own terms: texts have no decoration and no markup, and outcomes are what they are
    /// called.
    pub(crate) verbatim: bool,
    /// The species of a breed that names none.
    pub(crate) usual_species: Option<&'static str>,
}

impl Format {
    /// A layout without anything of its own.
    pub(crate) const PLAIN: Self = Self {
        name: "",
        fingerprints: &[],
        columns: &[],
        unread: &[],
        words: &[],
        month_first: false,
        kennel_history: false,
        verbatim: false,
        usual_species: None,
    };

    /// What only this format means by a folded word in that column.
    pub(crate) fn meaning(&self, column: Column, word: &str) -> Option<Meaning> {
        let mut words = self.words.iter().copied().flatten();
        words
            .find(|(own, known, _)| *own == column && *known == word)
            .map(|(_, _, meaning)| *meaning)
    }

    /// Whether it says itself what is done with the title.
    pub(crate) fn decides(&self, title: &str) -> bool {
        self.unread.contains(&title) || self.columns.iter().any(|(_, titles)| titles.contains(&title))
    }

    /// Whether all titles of one of its fingerprints are there.
    pub(crate) fn fits(&self, titles: &[String]) -> bool {
        let is = |title: &String, wanted: &str| match wanted.strip_suffix('*') {
            Some(beginning) => title.starts_with(beginning),
            None => title == wanted,
        };
        let has = |wanted: &&str| titles.iter().any(|title| is(title, wanted));
        self.fingerprints.iter().any(|print| print.iter().all(has))
    }
}
