//! Analyses texts, even if their writers disguise them: pure functions without input or output.
//!
//! A text is folded (look-alike letters, accents, zero-width characters), split into tokens (disguised digits,
//! spaced-out letters), and the tokens are looked up in a lexicon. Rules are conditions on the result.

mod fold;
mod lexicon;
mod profanity;
mod reading;
mod rules;
mod tokens;

#[cfg(test)]
mod examples;
#[cfg(test)]
mod tests;

pub use profanity::{PROFANITY_VERSION, masked};
pub use rules::{RULES, Rule, found};
