//! How likely a pair is one animal, given the other pairs that its two reports could form.
//!
//! A score weighs a pair alone. An animal is only one animal, though: if five found dogs fit a lost one equally well, at
//! most one of them is right. So the odds of a pair are divided among its rivals and the case that none of them is the
//! animal.

use entity::vocabulary::MatchBand;

/// Number of matches kept per lost report.
pub const KEPT: usize = 20;
/// Odds that the animal is none of the candidates, in the unit of `exp(score)`, for each report around the lost one: an
/// animal that has nothing to do with it has `exp(score)` 1 on average, and one in twenty lost animals is reported by
/// somebody else.
const NONE_PER_REPORT: f64 = 24.0;
/// Number of reports that are assumed in addition, since few are no proof that there will be few.
const ASSUMED_REPORTS: f64 = 3.0;
/// Pairs whose odds are smaller than those of none by more than this power of e are not weighed against others.
const NEGLIGIBLE: f64 = 5.0;
/// Radius of the surroundings whose reports are counted: half the side of a square, in metres.
pub const SURROUNDINGS_METERS: f64 = 17_000.0;
/// Number of days before and after a report whose reports are counted.
pub const SURROUNDINGS_DAYS: u64 = 90;
/// Minimum likelihood of equal chips, whatever else differs: chips are unique, but numbers are mistyped.
const OF_CHIP: f64 = 0.99;
/// Minimum likelihood of a pair that is very likely one animal.
const STRONG: f64 = 0.96;
/// Minimum likelihood of a pair that people are alerted to.
const POSSIBLE: f64 = 0.43;
/// Several reports may be about the animal: it was seen, and then taken in. Reports that fit well are shown although they
/// are rivals: from this score on ...
const FITTING: f64 = 7.0;
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

/// Odds that a lost animal is none of its candidates, in the unit of `exp(score)`.
///
/// `surroundings` is the number of counterparts of its species within [`SURROUNDINGS_METERS`], seen within
/// [`SURROUNDINGS_DAYS`] before it or after it, whichever are more.
pub fn none_of_them(surroundings: u32) -> f64 {
    NONE_PER_REPORT * (f64::from(surroundings) + ASSUMED_REPORTS)
}

/// Whether a pair with this score has a chance, or takes one from others: a hundred that do not change the odds of a match
/// less than one that is alerted.
pub fn competes(score: f64, surroundings: u32) -> bool {
    none_of_them(surroundings).ln() - NEGLIGIBLE <= score
}

/// The standing of a pair with that score beside its rivals: the scores of all other pairs that have the same lost
/// report, or the same counterpart. The more reports there are around the lost one, see [`none_of_them`], the more of
/// them fit by chance. Equal chip numbers are conclusive.
pub fn standing(score: f64, same_chip: bool, rivals: &[f64], surroundings: u32) -> Standing {
    // Relative to the score, so that no power overflows.
    let odds = |of: f64| (of - score).exp();
    let against: f64 = rivals.iter().map(|rival| odds(*rival)).sum();
    let of_score = 1.0 / (1.0 + against + odds(none_of_them(surroundings).ln()));
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
