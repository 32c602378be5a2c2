//! Splits folded text into words and numbers.

use super::fold::Folded;

/// A word or a number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Token {
    /// The digits of a number, or the skeleton of a word.
    pub text: String,
    /// Whether it consists of digits only.
    pub is_number: bool,
    /// Index of its first character in the text.
    pub start: usize,
    /// Index after its last character.
    pub end: usize,
    /// The text between it and the previous token, such as `", $"`.
    pub before: String,
}

/// Whether punctuation inside a word splits it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Punctuation {
    /// `gift-card` is two words.
    Separates,
    /// `pay.pal` is one.
    Joins,
}

/// Words and numbers in order. Spaced-out letters, such as `c o d e`, form one word.
pub(super) fn tokens(text: &[Folded], marks: Punctuation) -> Vec<Token> {
    let mut tokens: Vec<Token> = Vec::new();
    let mut word: Vec<Folded> = Vec::new();
    let mut before = String::new();
    for (place, folded) in text.iter().enumerate() {
        let next = text.get(place + 1).map(|next| next.c);
        if belongs(folded.c, word.last().map(|last| last.c), next) {
            word.push(*folded);
        } else if !joins(folded.c, word.last().map(|last| last.c), next, marks) {
            finish(&mut tokens, &mut word, &mut before);
            before.push(folded.c);
        }
    }
    finish(&mut tokens, &mut word, &mut before);
    drawn_together(tokens)
}

/// Letters and digits, and symbols that stand for letters within a word.
fn belongs(c: char, last: Option<char>, next: Option<char>) -> bool {
    let beside_letters = || last.is_some_and(char::is_alphabetic) && next.is_some_and(char::is_alphabetic);
    match c {
        '@' | '!' => beside_letters(),
        '$' => next.is_some_and(|next| next.is_alphabetic() || next == '$' && last.is_some_and(char::is_alphabetic)),
        _ => c.is_alphanumeric(),
    }
}

/// Whether punctuation between two characters of a word is dropped; between two digits it never is.
fn joins(c: char, last: Option<char>, next: Option<char>, marks: Punctuation) -> bool {
    let is_mark =
        c == '\'' || (marks == Punctuation::Joins && matches!(c, '.' | '-' | '_' | '*' | '~' | ',' | '·' | '•' | '/'));
    let is_within = last.is_some() && next.is_some_and(char::is_alphanumeric);
    is_mark && is_within && [last, next].into_iter().flatten().any(char::is_alphabetic)
}

fn finish(tokens: &mut Vec<Token>, word: &mut Vec<Folded>, before: &mut String) {
    let (Some(first), Some(last)) = (word.first(), word.last()) else {
        return;
    };
    let (start, end) = (first.at, last.at + 1);
    let letters = || word.iter().map(|folded| folded.c);
    let is_number = letters().all(|c| c.is_ascii_digit());
    tokens.push(Token {
        text: if is_number {
            letters().collect()
        } else {
            letters().map(sign).collect()
        },
        is_number,
        start,
        end,
        before: std::mem::take(before),
    });
    word.clear();
}

/// The letter that a symbol within a word stands for. `l` becomes `i`, because both are written as 1.
fn sign(c: char) -> char {
    match c {
        '0' => 'o',
        '1' | '!' | 'l' => 'i',
        '3' => 'e',
        '4' | '@' => 'a',
        '5' | '$' => 's',
        '7' => 't',
        other => other,
    }
}

/// A word of the lexicon in the form that tokens have.
pub(super) fn skeleton(word: &str) -> String {
    word.chars().map(sign).collect()
}

/// Joins three or more single letters that have the same separator between them.
fn drawn_together(tokens: Vec<Token>) -> Vec<Token> {
    let mut whole: Vec<Token> = Vec::with_capacity(tokens.len());
    let mut run: Vec<Token> = Vec::new();
    for token in tokens {
        let is_single = token.end - token.start == 1 && !token.is_number;
        let goes_on = run.len() < 2 || run.last().is_some_and(|last| last.before == token.before);
        if !is_single || !goes_on {
            close(&mut whole, &mut run);
        }
        if is_single {
            run.push(token);
        } else {
            whole.push(token);
        }
    }
    close(&mut whole, &mut run);
    whole
}

fn close(whole: &mut Vec<Token>, run: &mut Vec<Token>) {
    match (run.first(), run.last()) {
        (Some(first), Some(last)) if 2 < run.len() => whole.push(Token {
            text: run.iter().map(|token| token.text.as_str()).collect(),
            is_number: false,
            start: first.start,
            end: last.end,
            before: first.before.clone(),
        }),
        _ => whole.append(run),
    }
    run.clear();
}

#[cfg(test)]
mod tests {
    use super::{super::fold::fold, *};

    fn words(text: &str, marks: Punctuation) -> Vec<String> {
        tokens(&fold(text), marks).into_iter().map(|token| token.text).collect()
    }

    #[test]
    fn words_and_numbers_come_apart() {
        assert_eq!(
            words("What's 482-913?", Punctuation::Separates),
            ["whats", "482", "913"]
        );
        assert_eq!(words("gift-card", Punctuation::Separates), ["gift", "card"]);
        assert_eq!(words("P4yP@l now!", Punctuation::Separates), ["paypai", "now"]);
    }

    #[test]
    fn words_that_are_torn_apart_are_whole_again() {
        assert_eq!(words("the c o d e now", Punctuation::Separates), ["the", "code", "now"]);
        assert_eq!(words("the c.o.d.e now", Punctuation::Separates), ["the", "code", "now"]);
        assert_eq!(words("pay.pal", Punctuation::Joins), ["paypai"]);
        assert_eq!(words("I a dog", Punctuation::Separates), ["i", "a", "dog"]);
    }
}
