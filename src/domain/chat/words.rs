//! The words that messages are found by, and those that somebody looks for.
//!
//! Both databases get the same words, those of reports (`vocabulary/words.rs`), parted by single spaces, so both find the
//! same, and nothing that somebody types can be taken for the language of a query.

use entity::id::ConversationId;

use crate::domain::vocabulary::{is_piece, wanted_words};

/// Most words and pieces of runs that are looked for at once; more are not looked at.
const MOST: usize = 24;

/// The conversation as one word of the index.
pub(super) fn scope(id: ConversationId) -> String {
    id.to_string().replace('_', "")
}

/// What somebody looks for: every word, the last of them as the beginning of one. A piece of a run always is one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wanted {
    words: Vec<String>,
    scope: Option<String>,
}

impl Wanted {
    /// What the text asks for, in one conversation or in all; nothing when it has no word.
    pub(super) fn parse(query: &str, conversation: Option<ConversationId>) -> Option<Self> {
        let mut words = wanted_words(query);
        words.truncate(MOST);
        let scope = conversation.map(scope);
        (!words.is_empty()).then_some(Self { words, scope })
    }

    /// In the language of SQLite's FTS5. Words hold letters and digits only, so quoting is enough.
    pub(super) fn for_sqlite(&self) -> String {
        let begins = |(word, begins): (&String, bool)| format!("\"{word}\"{}", if begins { " *" } else { "" });
        let words: Vec<String> = self.terms().map(begins).collect();
        let words = format!("words : ({})", words.join(" AND "));
        match &self.scope {
            Some(scope) => format!("scope : \"{scope}\" AND {words}"),
            None => words,
        }
    }

    /// In the language of PostgreSQL's `tsquery`.
    pub(super) fn for_postgres(&self) -> String {
        let scope = self.scope.iter().map(|scope| (scope, false));
        let begins = |(word, begins): (&String, bool)| format!("'{word}'{}", if begins { ":*" } else { "" });
        let words: Vec<String> = scope.chain(self.terms()).map(begins).collect();
        words.join(" & ")
    }

    /// The words, and whether each is the beginning of one.
    fn terms(&self) -> impl Iterator<Item = (&String, bool)> {
        let last = self.words.len().saturating_sub(1);
        let words = self.words.iter().enumerate();
        words.map(move |(place, word)| (word, place == last || is_piece(word)))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_piece_of_a_run_may_go_on_wherever_it_stands() {
        let wanted = Wanted::parse("子猫 blue 犬", None).unwrap();
        assert_eq!(wanted.for_sqlite(), "words : (\"子猫\" * AND \"blue\" AND \"犬\" *)");
        assert_eq!(wanted.for_postgres(), "'子猫':* & 'blue' & '犬':*");
    }

    #[test]
    fn every_word_is_wanted_and_the_last_may_go_on() {
        let wanted = Wanted::parse("Blue colla", None).unwrap();
        assert_eq!(wanted.for_sqlite(), "words : (\"blue\" AND \"colla\" *)");
        assert_eq!(wanted.for_postgres(), "'blue' & 'colla':*");
        assert_eq!(Wanted::parse("\"'*:&", None), None);
    }

    proptest! {
        #[test]
        fn no_text_leaves_its_quotes(query in any::<String>()) {
            for word in Wanted::parse(&query, None).into_iter().flat_map(|wanted| wanted.words) {
                prop_assert!(word.chars().all(char::is_alphanumeric), "{word:?}");
            }
        }
    }
}
