//! Measures how well the true counterparts of lost reports are found among all others.
//!
//! The pairs come from a file with known pairs ([`read`]) or are planted in made-up reports ([`generate`]). [`rank`]
//! ranks them as the server does, [`measure`] counts what came of it, [`tune`] fits the weights of the score. Pure: the
//! same input gives the same figures. `docs/MATCHING.md` describes the file, and what was measured.

mod baseline;
mod candidates;
mod csv;
mod file;
mod generate;
mod measure;
mod rank;
mod report;
mod table;
mod tune;

#[cfg(test)]
mod tests;

pub use file::{FileError, read, write};
pub use generate::{Noise, Plan, generate};
pub use measure::{Measures, Truth, measure};
pub use rank::{Pair, rank};
pub use report::evaluation;
pub use tune::tune;

use match_score::Subject;

/// A report of which it is known whether others are about the same animal.
#[derive(Debug, Clone, PartialEq)]
pub struct Report {
    /// The parts that are scored.
    pub subject: Subject,
    /// The place in words, for scores that compare words.
    pub area: String,
    /// The postal code, if there is one.
    pub postcode: String,
    /// Reports with the same text here are about one animal; `None` if no other report is.
    pub animal: Option<String>,
}
