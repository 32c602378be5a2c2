//! The words that messages are found by, and those that somebody looks for.
//!
//! Both databases get the same words: lower-cased, without accents, parted by single spaces, so both find the same, and
//! nothing that somebody types can be taken for the language of a query.

use entity::id::ConversationId;
use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

/// Most characters of a word; what comes after them is not looked at.
const LONGEST: usize = 64;
/// Most words that are looked for at once; more are not looked at.
const MOST: usize = 12;

/// The words of a text.
pub(super) fn words(text: &str) -> Vec<String> {
    let is_no_mark = |symbol: &char| !is_combining_mark(*symbol);
    let folded: String = text
        .nfkd()
        .filter(is_no_mark)
        .flat_map(char::to_lowercase)
        .filter(is_no_mark)
        .collect();
    folded
        .split(|symbol: char| !symbol.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(|word| word.chars().take(LONGEST).collect())
        .collect()
}

/// The conversation as one word of the index.
pub(super) fn scope(id: ConversationId) -> String {
    id.to_string().replace('_', "")
}

/// What somebody looks for: every word, the last of them as the beginning of one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wanted {
    words: Vec<String>,
    scope: Option<String>,
}

impl Wanted {
    /// What the text asks for, in one conversation or in all; nothing when it has no word.
    pub(super) fn parse(query: &str, conversation: Option<ConversationId>) -> Option<Self> {
        let mut words = words(query);
        words.truncate(MOST);
        let scope = conversation.map(scope);
        (!words.is_empty()).then_some(Self { words, scope })
    }

    /// In the language of SQLite's FTS5. Words hold letters and digits only, so quoting is enough.
    pub(super) fn for_sqlite(&self) -> String {
        let words: Vec<String> = self.words.iter().map(|word| format!("\"{word}\"")).collect();
        let words = format!("words : ({} *)", words.join(" AND "));
        match &self.scope {
            Some(scope) => format!("scope : \"{scope}\" AND {words}"),
            None => words,
        }
    }

    /// In the language of PostgreSQL's `tsquery`.
    pub(super) fn for_postgres(&self) -> String {
        let scope = self.scope.iter();
        let words: Vec<String> = scope.chain(&self.words).map(|word| format!("'{word}'")).collect();
        format!("{}:*", words.join(" & "))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn accents_case_and_signs_make_no_difference() {
        assert_eq!(words("Café-au-lait, ÉTÉ! ﬁne"), ["cafe", "au", "lait", "ete", "fine"]);
        assert_eq!(words("  🐕 …"), Vec::<String>::new());
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
                prop_assert!((1..=LONGEST).contains(&word.chars().count()));
            }
        }
    }
}
