//! How likely a pair is one animal, given the other pairs that its two reports could form.
//!
//! A score weighs a pair alone. An animal is only one animal, though: if five found dogs fit a lost one equally well, at
//! most one of them is right. So the odds of a pair are divided among its rivals and the case that none of them is the
//! animal.

use entity::vocabulary::MatchBand;

/// Number of matches kept per lost report.
pub const KEPT: usize = 20;
/// Odds that none of the candidates is the animal, in the unit of `exp(score)`.
pub const NONE_OF_THEM: f64 = 60.0;
/// Minimum likelihood of a pair that is very likely one animal.
const STRONG: f64 = 0.95;
/// Minimum likelihood of a pair that people are alerted to.
const POSSIBLE: f64 = 0.4;

/// What a pair is worth beside its rivals.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Standing {
    /// Probability that the two reports are about one animal, 0 to 1.
    pub likelihood: f64,
    /// The same in words.
    pub band: MatchBand,
}

/// The standing of a pair with that score beside its rivals: the scores of all other pairs that have the same lost
/// report, or the same counterpart. Equal chip numbers are conclusive.
pub fn standing(score: f64, same_chip: bool, rivals: &[f64]) -> Standing {
    let odds = score.exp();
    let against: f64 = rivals.iter().map(|rival| rival.exp()).sum();
    let likelihood = odds / (odds + against + NONE_OF_THEM);
    let band = match likelihood {
        _ if same_chip => MatchBand::Chip,
        _ if STRONG <= likelihood => MatchBand::Strong,
        _ if POSSIBLE <= likelihood => MatchBand::Possible,
        _ => MatchBand::Weak,
    };
    Standing { likelihood, band }
}
