//! Masks profanity for readers who do not want to see it.
//!
//! We use our own list: public ones mask a cocker spaniel, a bitch with pups and a black pussy cat, which are what
//! people here talk about. Only whole words count, so nobody from Scunthorpe is masked.

use std::{collections::HashSet, sync::LazyLock};

use super::{
    fold::fold,
    tokens::{Punctuation, skeleton, tokens},
};

/// Changes whenever the list does; stored with each masked text.
pub const PROFANITY_VERSION: u32 = 1;

/// Words that can take the usual endings.
const STEMS: &[&str] = &[
    "fuck",
    "motherfuck",
    "mindfuck",
    "shit",
    "bullshit",
    "shithead",
    "fuckhead",
    "fuckface",
    "dickhead",
    "asshole",
    "arsehole",
    "cunt",
    "twat",
    "wank",
    "slut",
    "whore",
    "faggot",
    "nigger",
    "nigga",
    "kike",
    "jackass",
    "dumbass",
    "douchebag",
    "cocksuck",
    "buttfuck",
    "shitface",
    "asswipe",
    "bollock",
    "tosser",
    "pissoff",
];

const ENDINGS: &[&str] = &[
    "", "s", "es", "ed", "er", "ers", "in", "ing", "y", "ty", "ted", "ter", "ting", "able",
];

static WORDS: LazyLock<HashSet<String>> = LazyLock::new(|| {
    let with_endings = |stem: &&str| {
        let stem = skeleton(stem);
        ENDINGS
            .iter()
            .map(move |ending| single(&format!("{stem}{}", skeleton(ending))))
    };
    STEMS.iter().flat_map(with_endings).collect()
});

/// The text with each profane word masked after its first letter, `f***`; `None` if it has no such words.
pub fn masked(text: &str) -> Option<String> {
    let folded = fold(text);
    let mut hidden: HashSet<usize> = HashSet::new();
    for marks in [Punctuation::Separates, Punctuation::Joins] {
        let coarse = tokens(&folded, marks)
            .into_iter()
            .filter(|token| WORDS.contains(&single(&token.text)));
        hidden.extend(coarse.flat_map(|token| token.start + 1..token.end));
    }
    if hidden.is_empty() {
        return None;
    }
    let mask = |(place, c): (usize, char)| match hidden.contains(&place) && !c.is_whitespace() {
        true => '*',
        false => c,
    };
    Some(text.chars().enumerate().map(mask).collect())
}

/// Collapses repeated letters (`fuuuck`).
fn single(word: &str) -> String {
    let mut once = String::with_capacity(word.len());
    for c in word.chars() {
        if !once.ends_with(c) {
            once.push(c);
        }
    }
    once
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn coarse_words_are_masked_however_they_are_written() {
        for (text, shown) in [
            ("what the fuck", "what the f***"),
            ("SHIT!", "S***!"),
            ("sh1t happens", "s*** happens"),
            ("you fuuuuck", "you f******"),
            ("f u c k you", "f * * * you"),
            ("f.u.c.k", "f******"),
            ("fuсk (with a Cyrillic c)", "f*** (with a Cyrillic c)"),
            ("fu\u{200b}ck", "f****"),
            ("ｆｕｃｋ", "ｆ***"),
            ("you a$$hole", "you a******"),
            ("shitty fucking day", "s***** f****** day"),
            ("bull-shit", "b********"),
        ] {
            assert_eq!(masked(text).as_deref(), Some(shown), "{text}");
        }
    }

    #[test]
    fn words_about_animals_and_places_stay() {
        for text in [
            "a cocker spaniel and a cockapoo",
            "an intact bitch with six pups",
            "a black pussy cat",
            "a Shih Tzu from Scunthorpe",
            "the rooster is a black cock",
            "he ate a shiitake",
            "assess the class",
            "Moby Dick the Dachshund",
            "blue tits at the feeder",
            "hello, damn, what a day",
        ] {
            assert_eq!(masked(text), None, "{text}");
        }
    }
}
