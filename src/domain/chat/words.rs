//! Words under which messages are indexed, and search terms.
//!
//! Both databases index the same words, produced like those of reports (`vocabulary/words.rs`) and separated by single
//! spaces. So both find the same messages, and nothing a user types can be interpreted as query syntax.

use entity::id::ConversationId;

use pet_vocabulary::{is_piece, wanted_words};

/// Maximum number of terms (words and pieces of runs) in a search; further terms are ignored.
const MOST: usize = 24;

/// The conversation's id as a word of the index.
pub(super) fn scope(id: ConversationId) -> String {
    id.to_string().replace('_', "")
}

/// The terms of a search: every word has to match, the last one as a prefix. A piece of a run always matches as a
/// prefix.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MessageQuery {
    words: Vec<String>,
    scope: Option<String>,
}

impl MessageQuery {
    /// Parses a query for one conversation or for all; `None` if it contains no word.
    pub(super) fn parse(query: &str, conversation: Option<ConversationId>) -> Option<Self> {
        let mut words = wanted_words(query);
        words.truncate(MOST);
        let scope = conversation.map(scope);
        (!words.is_empty()).then_some(Self { words, scope })
    }

    /// The query in the syntax of SQLite's FTS5. Words contain only letters and digits, so quoting is sufficient.
    pub(super) fn for_sqlite(&self) -> String {
        let begins = |(word, begins): (&String, bool)| format!("\"{word}\"{}", if begins { " *" } else { "" });
        let words: Vec<String> = self.terms().map(begins).collect();
        let words = format!("words : ({})", words.join(" AND "));
        match &self.scope {
            Some(scope) => format!("scope : \"{scope}\" AND {words}"),
            None => words,
        }
    }

    /// The query in PostgreSQL's `tsquery` syntax.
    pub(super) fn for_postgres(&self) -> String {
        let scope = self.scope.iter().map(|scope| (scope, false));
        let begins = |(word, begins): (&String, bool)| format!("'{word}'{}", if begins { ":*" } else { "" });
        let words: Vec<String> = scope.chain(self.terms()).map(begins).collect();
        words.join(" & ")
    }

    /// The words, and whether each one is a prefix.
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
        let wanted = MessageQuery::parse("子猫 blue 犬", None).unwrap();
        assert_eq!(wanted.for_sqlite(), "words : (\"子猫\" * AND \"blue\" AND \"犬\" *)");
        assert_eq!(wanted.for_postgres(), "'子猫':* & 'blue' & '犬':*");
    }

    #[test]
    fn every_word_is_wanted_and_the_last_may_go_on() {
        let wanted = MessageQuery::parse("Blue colla", None).unwrap();
        assert_eq!(wanted.for_sqlite(), "words : (\"blue\" AND \"colla\" *)");
        assert_eq!(wanted.for_postgres(), "'blue' & 'colla':*");
        assert_eq!(MessageQuery::parse("\"'*:&", None), None);
    }

    proptest! {
        #[test]
        fn no_text_leaves_its_quotes(query in any::<String>()) {
            for word in MessageQuery::parse(&query, None).into_iter().flat_map(|wanted| wanted.words) {
                prop_assert!(word.chars().all(char::is_alphanumeric), "{word:?}");
            }
        }
    }
}
