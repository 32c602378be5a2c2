//! How likely two reports are one animal, and why: an explained sum of log-likelihood ratios.
//!
//! Pure: no database, no clock. Each factor compares one trait of a lost report with that of a report of a found,
//! sighted or sheltered animal and answers how much likelier what is seen is for one animal than for two, as a natural
//! logarithm. What is not known on either side says nothing and gives no factor. `docs/MATCHING.md` explains every
//! number, and how the bands were measured.
//!
//! One answer tells no more of the points that go in than their distance to a tenth of a mile, and nothing below 0.3
//! miles: also the weight is computed from the rounded distance. Many answers for a report that is moved around tell
//! more, so where strangers see scores the public (masked) points should go in; that costs next to no quality.

mod body;
mod bound;
mod breed;
mod color;
mod distance;
mod identity;
mod marks;
mod resemblance;
mod ring;
mod time;

#[cfg(test)]
mod tests;

use entity::{
    ColorSet, Timestamp,
    vocabulary::{
        AgeGroup, Altered, CoatLength, CoatPattern, MatchBand, PetKind, PetSize, PlacePrecision, Sex, Species,
    },
};
use serde::{Deserialize, Deserializer, Serialize, de::Error as _};
use uuid::Uuid;

pub use bound::at_most;
pub use resemblance::resemblance;
pub use ring::{Ring, in_ring};

use crate::kernel::geo::Point;

/// Names of the factors, in the order in which they are answered. They are stored and shown, hence never renamed.
pub const FACTOR_NAMES: [&str; 14] = [
    "microchip",
    "species",
    "distance",
    "time",
    "sex",
    "altered",
    "color",
    "pattern",
    "breed",
    "size",
    "coat",
    "age",
    "marks",
    "name",
];

/// Sum from which a pair is kept at all.
pub const WEAK: f64 = 2.0;
/// Sum from which people are alerted.
pub const POSSIBLE: f64 = 5.5;
/// Sum from which a pair is very likely one animal.
const STRONG: f64 = 7.5;

/// What the score reads of a report.
#[derive(Debug, Clone, PartialEq)]
pub struct Subject {
    /// The report.
    pub id: Uuid,
    /// What the report says of its animal.
    pub kind: PetKind,
    /// Species.
    pub species: Species,
    /// What it is called.
    pub name: Option<String>,
    /// Breed, or the first of a mix, in the spelling of the vocabulary.
    pub breed_primary: Option<String>,
    /// Second breed of a mix, in the spelling of the vocabulary.
    pub breed_secondary: Option<String>,
    /// Whether it is a mix.
    pub mixed: bool,
    /// Sex.
    pub sex: Sex,
    /// Whether it is spayed or neutered.
    pub altered: Altered,
    /// Size as judged.
    pub size: PetSize,
    /// Age as judged.
    pub age_group: AgeGroup,
    /// Coat.
    pub coat: CoatLength,
    /// Base colours; empty is not known.
    pub colors: ColorSet,
    /// How the colours lie.
    pub pattern: CoatPattern,
    /// Public distinguishing marks; never the private ones.
    pub markings: Option<String>,
    /// What it wears.
    pub collar: Option<String>,
    /// Weight in grams.
    pub weight_grams: Option<i32>,
    /// Normalised chip number; a secret.
    pub microchip: Option<String>,
    /// The same of a second chip.
    pub second_microchip: Option<String>,
    /// Where it was seen: of both subjects the true point, or of both the public one.
    pub point: Option<Point>,
    /// How exactly the point is known.
    pub precision: PlacePrecision,
    /// Last seen, found or taken in.
    pub seen_at: Timestamp,
}

/// A pair that is worth keeping.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Scored {
    /// How sure it is.
    pub band: MatchBand,
    /// Sum of the factors' weights.
    pub score: f64,
    /// Why, in the order of [`FACTOR_NAMES`].
    pub factors: Vec<Factor>,
}

/// One of [`FACTOR_NAMES`]. Behind a name of its own because serde would borrow a plain `&'static str` from its input.
pub type FactorName = &'static str;

/// One reason for or against.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Factor<W = String> {
    /// What was compared.
    #[serde(deserialize_with = "known_name")]
    pub name: FactorName,
    /// Natural logarithm of how much likelier this is for one animal than for two; negative speaks against.
    pub weight: f64,
    /// A sentence for people; tells no secret of either report.
    pub explanation: W,
}

/// Whether sentences are made: where only weights count, most pairs are passed over, and their sentences would be most of
/// the work.
pub trait Wording {
    /// The sentence, or nothing.
    fn of<S: Into<String>>(sentence: impl FnOnce() -> S) -> Self;
}

impl Wording for String {
    fn of<S: Into<String>>(sentence: impl FnOnce() -> S) -> Self {
        sentence().into()
    }
}

impl Wording for () {
    fn of<S: Into<String>>(_sentence: impl FnOnce() -> S) -> Self {}
}

impl<W: Wording> Factor<W> {
    fn new<S: Into<String>>(name: FactorName, weight: f64, sentence: impl FnOnce() -> S) -> Self {
        Self {
            name,
            weight,
            explanation: W::of(sentence),
        }
    }
}

/// Scores a lost report against a found, sighted or sheltered one.
///
/// `None` where the two cannot be one animal (not such a pair, another species, found more than 14 days before it was
/// lost) or too little speaks for it. Equal chip numbers overrule every doubt and give [`MatchBand::Chip`].
pub fn score(lost: &Subject, other: &Subject) -> Option<Scored> {
    if !is_pair(lost, other) {
        return None;
    }
    let same_chip = identity::same_chip(lost, other);
    if !same_chip && (lost.species != other.species || time::is_too_early(lost, other)) {
        return None;
    }

    let factors: Vec<Factor> = factors(lost, other).into_iter().flatten().collect();
    let score = factors.iter().map(|factor| factor.weight).sum();
    let band = band(score, same_chip)?;
    Some(Scored { band, score, factors })
}

/// All that can be compared, in the order of [`FACTOR_NAMES`].
fn factors<W: Wording>(lost: &Subject, other: &Subject) -> [Option<Factor<W>>; FACTOR_NAMES.len()] {
    [
        identity::microchip(lost, other),
        identity::species(lost, other),
        distance::distance(lost, other),
        time::time(lost, other),
        body::sex(lost, other),
        body::altered(lost, other),
        color::color(lost, other),
        color::pattern(lost, other),
        breed::breed(lost, other),
        body::size(lost, other),
        body::coat(lost, other),
        body::age(lost, other),
        marks::marks(lost, other),
        identity::name(lost, other),
    ]
}

/// Whether the first looks for an animal and the second has or saw one.
fn is_pair(lost: &Subject, other: &Subject) -> bool {
    lost.kind == PetKind::Lost && other.kind != PetKind::Lost
}

/// The band of a sum; `None` below the floor.
fn band(score: f64, same_chip: bool) -> Option<MatchBand> {
    match score {
        _ if same_chip => Some(MatchBand::Chip),
        _ if STRONG <= score => Some(MatchBand::Strong),
        _ if POSSIBLE <= score => Some(MatchBand::Possible),
        _ if WEAK <= score => Some(MatchBand::Weak),
        _ => None,
    }
}

/// Text of a report as it may stand in a sentence; `None` where it is long or holds a digit, which could be a number
/// that was never meant to be public.
fn quotable(text: &str) -> Option<&str> {
    let text = text.trim();
    let plain = text
        .chars()
        .all(|letter| letter.is_alphabetic() || matches!(letter, ' ' | '-' | '\'' | '(' | ')' | '/'));
    (plain && !text.is_empty() && text.chars().count() <= 40).then_some(text)
}

/// Reads a factor's name back as the constant that it is.
fn known_name<'de, D: Deserializer<'de>>(deserializer: D) -> Result<FactorName, D::Error> {
    let name = String::deserialize(deserializer)?;
    FACTOR_NAMES
        .into_iter()
        .find(|known| *known == name)
        .ok_or_else(|| D::Error::custom("not the name of a factor"))
}
