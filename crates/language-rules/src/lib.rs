//! Analyses texts, even if their writers disguise them: pure functions without input or output.
//!
//! A text is folded (look-alike letters, accents, zero-width characters), split into tokens (disguised digits,
//! spaced-out letters), and the tokens are looked up in a lexicon. Rules are conditions on the result.

mod contact;
mod fold;
mod lexicon;
mod mask;
mod profanity;
mod reading;
mod rules;
mod street;
mod tokens;

#[cfg(test)]
mod examples;
#[cfg(test)]
mod tests;

pub use contact::mask_contacts;
pub use mask::Masked;
pub use profanity::{PROFANITY_VERSION, masked};
pub use rules::{RULES, Rule, found};
pub use street::mask_addresses;
