//! How likely a pair is one animal, given the other pairs that its two reports could form.
//!
//! A score weighs a pair alone. A find is only one animal, though: if it fits five lost dogs equally well, at most one of
//! them is right. So the odds of a pair are divided among its rivals and the case that none of them is the animal.

use entity::vocabulary::MatchBand;

/// Number of matches kept per lost report.
pub const KEPT: usize = 20;
/// Odds that the animal is none of the candidates, in the unit of `exp(score)`, for each report around the lost one: an
/// animal that has nothing to do with it has `exp(score)` 1 on average, and one in twenty lost animals is reported by
/// somebody else.
const NONE_PER_REPORT: f64 = 25.0;
/// Number of reports that are assumed in addition, since few are no proof that there will be few.
const ASSUMED_REPORTS: f64 = 1.0;
/// Where there are many reports, slightly more of them fit by chance than in proportion. This power, like the two numbers
/// above and the next, was fitted to 5,000 to 100,000 made-up reports.
const CROWDING: f64 = 1.1;
/// What the odds of a compatible rival count for: most counterparts that fit as well are further reports of the same animal.
const COMPATIBLE: f64 = 0.1;
/// Pairs whose odds are smaller than those of none by more than this power of e are not weighed against others.
const NEGLIGIBLE: f64 = 5.0;
/// Radius of the surroundings whose reports are counted: half the side of a square, in metres.
pub const SURROUNDINGS_METERS: f64 = 17_000.0;
/// Number of days before and after a report whose reports are counted.
pub const SURROUNDINGS_DAYS: u64 = 90;
/// Minimum likelihood of equal chips, whatever else differs: chips are unique, but numbers are mistyped.
const OF_CHIP: f64 = 0.99;
/// Minimum likelihood of a pair that is very likely one animal.
const STRONG: f64 = 0.98;
/// Minimum likelihood of a pair that people are alerted to.
const POSSIBLE: f64 = 0.41;
/// People are alerted to what fits well, however many reports there are around: from this score on ...
const FITTING: f64 = 8.0;
/// ... if at most two others fit as well.
const SHARED: f64 = 0.3;

/// The scores of the other pairs that share a report with a pair.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Rivals<'a> {
    /// Those of which only one can be right: with the same counterpart, or with another counterpart that the same person or
    /// shelter has reported, such as a littermate.
    pub exclusive: &'a [f64],
    /// Those that may be right as well: counterparts that others have reported, who saw the animal before it was taken in.
    pub compatible: &'a [f64],
}

/// What a pair is worth beside its rivals.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Standing {
    /// Probability that the two reports are about one animal, 0 to 1.
    pub likelihood: f64,
    /// The same in words.
    pub band: MatchBand,
}

/// Odds that a lost animal is none of its candidates, in the unit of `exp(score)`.
///
/// `surroundings` is the number of counterparts of its species within [`SURROUNDINGS_METERS`], seen within
/// [`SURROUNDINGS_DAYS`] before it or after it, whichever are more.
pub fn none_of_them(surroundings: u32) -> f64 {
    NONE_PER_REPORT * (f64::from(surroundings) + ASSUMED_REPORTS).powf(CROWDING)
}

/// Whether a pair with this score has a chance, or takes one from others: a hundred that do not change the odds of a match
/// less than one that is alerted.
pub fn competes(score: f64, surroundings: u32) -> bool {
    none_of_them(surroundings).ln() - NEGLIGIBLE <= score
}

/// The standing of a pair with that score beside its rivals. The more reports there are around the lost one, see
/// [`none_of_them`], the more of them fit by chance. Equal chip numbers are conclusive.
pub fn standing(score: f64, same_chip: bool, rivals: Rivals, surroundings: u32) -> Standing {
    // Relative to the score, so that no power overflows.
    let odds = |of: f64| (of - score).exp();
    let sum = |rivals: &[f64]| rivals.iter().map(|rival| odds(*rival)).sum::<f64>();
    let (exclusive, compatible) = (sum(rivals.exclusive), sum(rivals.compatible));
    let against = exclusive + COMPATIBLE * compatible + odds(none_of_them(surroundings).ln());
    let likelihood = (1.0 / (1.0 + against)).max(if same_chip { OF_CHIP } else { 0.0 });
    let stands_out = FITTING <= score && SHARED <= 1.0 / (1.0 + exclusive + compatible);
    let band = match likelihood {
        _ if same_chip => MatchBand::Chip,
        _ if STRONG <= likelihood => MatchBand::Strong,
        _ if POSSIBLE <= likelihood || stands_out => MatchBand::Possible,
        _ => MatchBand::Weak,
    };
    Standing { likelihood, band }
}
