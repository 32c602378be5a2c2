//! Addresses as written in continental Europe: with the house number after the name of the street, as in `Hauptstraße
//! 12` and `Calle Mayor 5`, or with the kind of street before its name, as in `12 rue de la Paix`.

use super::{Words, bare};

/// Endings of one-word street names, such as `Hauptstraße` and `Dorpsstraat`.
const ENDINGS: [&str; 16] = [
    "straße", "strasse", "str", "gasse", "platz", "allee", "ufer", "chaussee", "weg", "straat", "laan", "gracht",
    "plein", "gatan", "vägen", "katu",
];
/// Kinds of streets written as a separate word after the name, such as `Berliner Straße`.
const BEHIND: [&str; 8] = ["straße", "strasse", "str", "gasse", "platz", "allee", "ufer", "weg"];
/// Kinds of streets written before the name, with the number after it.
const BEFORE: [&str; 16] = [
    "calle",
    "avenida",
    "avda",
    "paseo",
    "plaza",
    "carrer",
    "via",
    "viale",
    "corso",
    "piazza",
    "rua",
    "praça",
    "ulica",
    "ul",
    "rue",
    "chaussée",
];
/// Kinds of streets written before the name, with the number before them.
const FRENCH: [&str; 15] = [
    "rue",
    "avenue",
    "av",
    "boulevard",
    "bd",
    "place",
    "chemin",
    "impasse",
    "allée",
    "allee",
    "quai",
    "cours",
    "route",
    "square",
    "passage",
];
/// Words in street names that are not capitalised.
const PARTICLES: [&str; 21] = [
    "de", "del", "della", "delle", "dei", "di", "da", "do", "dos", "das", "du", "des", "la", "las", "le", "les", "los",
    "el", "l", "d", "y",
];
/// Maximum number of words in a name.
const LONGEST_NAME: usize = 6;

/// Length of an address at the beginning of a text that starts with the name or kind of a street.
pub(super) fn length(text: &str) -> Option<usize> {
    let mut words = Words::of(text);
    let first = words.next()?;
    if !is_capitalized(first) && !is_one_of(first, &BEFORE) {
        return None;
    }
    if is_one_of(first, &BEFORE) {
        words.pass_name()?;
        return words.with_number();
    }
    if ends_a_clause(first) {
        return None;
    }
    if is_compound(first) {
        return words.with_number();
    }
    let second = words.next()?;
    (is_capitalized(second) && is_one_of(second, &BEHIND)).then(|| words.with_number())?
}

/// Length of an address that starts with its number.
pub(super) fn length_behind_number(mut words: Words<'_>) -> Option<usize> {
    let mut kind = words.next()?;
    if ["bis", "ter"].contains(&bare(kind)) {
        kind = words.next()?;
    }
    if !is_one_of(kind, &FRENCH) {
        return None;
    }
    words.pass_name()
}

impl Words<'_> {
    /// Skips the name of a street and returns where it ends.
    fn pass_name(&mut self) -> Option<usize> {
        let mut end = None;
        for _ in 0..LONGEST_NAME {
            let before = self.at;
            let Some(word) = self.next() else { break };
            let is_particle =
                PARTICLES.contains(&bare(word)) || word.starts_with(['l', 'd']) && word.contains(['\'', '’']);
            if !is_particle && !is_capitalized(word) {
                self.at = before;
                break;
            }
            if !is_particle || word.contains(['\'', '’']) {
                end = Some(self.trimmed());
            }
            if ends_a_clause(word) {
                break;
            }
        }
        end
    }

    /// The length including the house number, which comes next.
    fn with_number(mut self) -> Option<usize> {
        let mut word = self.next()?;
        if ["nr", "no", "n", "n°", "nº"].contains(&word.trim_end_matches('.').to_lowercase().as_str()) {
            word = self.next()?;
        }
        let number = word.trim_end_matches(|letter: char| !letter.is_alphanumeric());
        let digits = number.trim_end_matches(|letter: char| letter.is_ascii_alphabetic());
        let is_number = |part: &str| matches!(part.len(), 1..=4) && part.bytes().all(|byte| byte.is_ascii_digit());
        (number.len() <= digits.len() + 1 && digits.split(['-', '/']).all(is_number)).then(|| self.trimmed())
    }
}

fn is_capitalized(word: &str) -> bool {
    word.trim_start_matches(|letter: char| !letter.is_alphanumeric())
        .starts_with(char::is_uppercase)
}

fn is_one_of(word: &str, kinds: &[&str]) -> bool {
    kinds.contains(&bare(word).to_lowercase().as_str())
}

fn is_compound(word: &str) -> bool {
    let folded = bare(word).to_lowercase();
    let is_longer = |ending: &&str| folded.strip_suffix(*ending).is_some_and(|name| !name.is_empty());
    ENDINGS.iter().any(is_longer)
}

/// Whether punctuation after the word ends the phrase. A full stop does not if the word is an abbreviated kind of
/// street.
fn ends_a_clause(word: &str) -> bool {
    word.ends_with([',', ';', '!', '?', ':']) || (word.ends_with('.') && !is_compound(word))
}
