//! What a text says, behind what its writer does to hide it: pure functions without input or output.
//!
//! A text is folded (look-alike letters, accents, characters without width), cut into tokens (digits in other clothes,
//! letters drawn apart), and the tokens are looked up in a lexicon. Rules are conditions on what was found.

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
