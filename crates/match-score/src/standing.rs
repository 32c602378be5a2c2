//! How likely a pair is one animal, given the other pairs that its two reports could form.
//!
//! A score weighs a pair alone. An animal is only one animal, though: if five found dogs fit a lost one equally well, at
//! most one of them is right. So the odds of a pair are divided among its rivals and the case that none of them is the
//! animal.

use entity::vocabulary::MatchBand;

/// Number of matches kept per lost report.
pub const KEPT: usize = 20;
/// Odds that none of the candidates is the animal, in the unit of `exp(score)`.
pub const NONE_OF_THEM: f64 = 150.0;
/// Where many candidates fit, the animal is likely to be none of them: for each candidate with the score of this rival,
/// that many others are not among those that are kept.
const CROWD: f64 = 8.0;
/// Place of that rival.
const CROWDED_FROM: usize = 3;
/// Minimum likelihood of equal chips, whatever else differs: chips are unique, but numbers are mistyped.
const OF_CHIP: f64 = 0.99;
/// Minimum likelihood of a pair that is very likely one animal.
const STRONG: f64 = 0.96;
/// Minimum likelihood of a pair that people are alerted to.
const POSSIBLE: f64 = 0.45;
/// Several reports may be about the animal: it was seen, and then taken in. Reports that fit well are shown although they
/// are rivals: from this score on ...
const FITTING: f64 = 6.5;
/// ... if at most four fit as well.
const SHARED: f64 = 0.2;

/// What a pair is worth beside its rivals.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Standing {
    /// Probability that the two reports are about one animal and none of the rivals is, 0 to 1.
    pub likelihood: f64,
    /// The same in words.
    pub band: MatchBand,
}

/// The standing of a pair with that score beside its rivals: the scores of all other pairs that have the same lost
/// report, or the same counterpart. Equal chip numbers are conclusive.
pub fn standing(score: f64, same_chip: bool, rivals: &[f64]) -> Standing {
    // Relative to the score, so that no power overflows.
    let odds = |of: f64| (of - score).exp();
    let against: f64 = rivals.iter().map(|rival| odds(*rival)).sum();
    let crowd = CROWD * odds(crowding(rivals));
    let of_score = 1.0 / (1.0 + against + crowd + odds(NONE_OF_THEM.ln()));
    let likelihood = if same_chip { of_score.max(OF_CHIP) } else { of_score };
    let is_shared = FITTING <= score && SHARED <= 1.0 / (1.0 + against);
    let band = match likelihood {
        _ if same_chip => MatchBand::Chip,
        _ if STRONG <= likelihood => MatchBand::Strong,
        _ if POSSIBLE <= likelihood || is_shared => MatchBand::Possible,
        _ => MatchBand::Weak,
    };
    Standing { likelihood, band }
}

/// The number at [`CROWDED_FROM`] if they are in descending order; less than all if there are fewer.
fn crowding(numbers: &[f64]) -> f64 {
    let mut greatest = [f64::NEG_INFINITY; CROWDED_FROM];
    for number in numbers {
        let mut next = *number;
        for kept in &mut greatest {
            if *kept < next {
                std::mem::swap(kept, &mut next);
            }
        }
    }
    greatest.last().copied().unwrap_or(f64::NEG_INFINITY)
}
