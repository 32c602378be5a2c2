//! The analysis of a text that the rules work on.

use super::{
    fold::Folded,
    lexicon::{Meaning, digit, meanings},
    tokens::{Punctuation, Token, tokens},
};

/// Consecutive digits, possibly in groups.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Digits {
    /// The digits without the separators between groups.
    pub text: String,
    /// Number of digits in each group.
    pub groups: Vec<usize>,
    /// Index of the first token.
    pub first: usize,
    /// Index after the last token.
    pub end: usize,
    /// Whether it is an amount of money.
    pub is_money: bool,
}

/// A text, split into tokens and looked up.
pub(super) struct Reading {
    /// Meanings of each token.
    pub meanings: Vec<Meaning>,
    /// Numbers in the text.
    pub digits: Vec<Digits>,
    /// Whether there is an e-mail address.
    pub has_mail: bool,
    /// Whether there is a URL.
    pub has_link: bool,
    /// Whether a URL leads to a messaging service or hides its target.
    pub has_hidden_link: bool,
}

/// URLs that lead to a messaging service, or hide their target.
const HIDDEN: &[&str] = &[
    "t.me/",
    "wa.me/",
    "bit.ly/",
    "tinyurl.com/",
    "goo.gl/",
    "is.gd/",
    "cutt.ly/",
    "rb.gy/",
    "chat.whatsapp",
];

impl Reading {
    /// Analyses folded text.
    pub fn of(text: &[Folded], marks: Punctuation) -> Self {
        let tokens = tokens(text, marks);
        let plain: String = text.iter().map(|folded| folded.c).collect();
        let mut meanings = meanings(&tokens);
        take_back(&mut meanings);
        Self {
            digits: digits(&tokens, &meanings),
            meanings,
            has_mail: has_mail(&plain),
            has_link: plain.contains("://") || plain.contains("www."),
            has_hidden_link: HIDDEN.iter().any(|hidden| plain.contains(hidden)),
        }
    }

    /// Whether any token has this meaning.
    pub fn has(&self, meaning: Meaning) -> bool {
        self.meanings.iter().any(|found| found.is(meaning))
    }

    /// Indexes of the tokens with this meaning.
    pub fn places(&self, meaning: Meaning) -> impl Iterator<Item = usize> + '_ {
        let means = move |(place, found): (usize, &Meaning)| found.is(meaning).then_some(place);
        self.meanings.iter().enumerate().filter_map(means)
    }

    /// Whether the second meaning comes after the first, at most `within` tokens later.
    pub fn follows(&self, first: Meaning, second: Meaning, within: usize) -> bool {
        self.places(first).any(|place| {
            self.places(second)
                .any(|other| place < other && other - place <= within)
        })
    }

    /// Whether the two meanings are close to each other, in any order; they must be different words.
    pub fn beside(&self, one: Meaning, other: Meaning, within: usize) -> bool {
        self.follows(one, other, within) || self.follows(other, one, within)
    }

    /// Whether there is an amount of money close to a word with this meaning.
    pub fn money_beside(&self, meaning: Meaning, within: usize) -> bool {
        let amounts = || {
            self.digits
                .iter()
                .filter(|digits| digits.is_money)
                .map(|digits| digits.first)
        };
        self.places(meaning)
            .any(|place| amounts().any(|amount| amount.abs_diff(place) <= within))
    }

    /// Whether there is an amount of money.
    pub fn has_money(&self) -> bool {
        self.digits.iter().any(|digits| digits.is_money)
    }
}

/// Removes meanings that are negated: "never send money", "do not tell anybody the code".
fn take_back(meanings: &mut [Meaning]) {
    let asked = Meaning::HAND_OVER | Meaning::PAY | Meaning::GET_IN_TOUCH | Meaning::FOLLOW | Meaning::WAY_TO_PAY;
    let nots: Vec<usize> = (0..meanings.len())
        .filter(|place| meanings.get(*place).is_some_and(|found| found.is(Meaning::NOT)))
        .collect();
    for not in nots {
        for found in meanings.iter_mut().skip(not + 1).take(4) {
            *found = found.without(asked);
        }
    }
}

/// Consecutive numbers, or digits written as words, with little between them.
fn digits(tokens: &[Token], meanings: &[Meaning]) -> Vec<Digits> {
    let mut found: Vec<Digits> = Vec::new();
    for (place, token) in tokens.iter().enumerate() {
        let text = match (token.is_number, digit(token)) {
            (true, _) => token.text.clone(),
            (false, Some(digit)) => digit.to_string(),
            (false, None) => continue,
        };
        let is_currency = meanings.get(place + 1).is_some_and(|next| next.is(Meaning::CURRENCY));
        let is_money = token.before.contains(['$', '€', '£']) || token.is_number && is_currency;
        match found.last_mut() {
            Some(last) if last.end == place && goes_on(&token.before) && !token.before.contains('$') => {
                last.groups.push(text.len());
                last.text.push_str(&text);
                last.end = place + 1;
                last.is_money |= is_money;
            }
            _ => found.push(Digits {
                groups: vec![text.len()],
                text,
                first: place,
                end: place + 1,
                is_money,
            }),
        }
    }
    // A single digit written as a word is an article or a count.
    found.retain(|digits| tokens.get(digits.first).is_some_and(|token| token.is_number) || 3 < digits.text.len());
    found
}

/// Whether this text may separate two groups of one number; separators of times, dates and fractions may not.
fn goes_on(between: &str) -> bool {
    between.chars().count() <= 3 && between.chars().all(|c| c.is_whitespace() || "-.,_*()·•".contains(c))
}

fn has_mail(text: &str) -> bool {
    text.split_whitespace().any(|word| {
        word.split_once('@').is_some_and(|(local, domain)| {
            local.ends_with(char::is_alphanumeric)
                && domain.split_once('.').is_some_and(|(name, end)| {
                    name.ends_with(char::is_alphanumeric) && end.starts_with(char::is_alphabetic)
                })
        })
    })
}
