//! How likely two reports are about the same animal, and why: a sum of log-likelihood ratios with explanations.
//!
//! Pure: no database, no clock. Each factor compares one trait of a lost report with the same trait of a found, sighted
//! or sheltered animal. Its weight is the natural logarithm of how much likelier the observation is for the same animal
//! than for two different ones. A trait that is unknown on either side gives no factor. `docs/MATCHING.md` explains
//! every number, and how the bands were measured.
//!
//! A score reveals the distance between the given points only to a tenth of a mile, and nothing below 0.3 miles; the
//! weight, too, is computed from the rounded distance. Many scores for a report that is moved around reveal more, so
//! where strangers see scores, pass the public (masked) points. That hardly reduces the quality.

mod bound;
mod description;
mod factor;
mod frequency;
mod named_marks;
mod resemblance;
mod ring;
mod signature;
mod standing;
mod summary;
mod words;

#[cfg(test)]
mod tests;

use entity::{
    ColorSet, Timestamp,
    vocabulary::{AgeGroup, Altered, CoatLength, CoatPattern, PetKind, PetSize, PlacePrecision, Sex, Species},
};
use serde::{Deserialize, Deserializer, Serialize, de::Error as _};
use uuid::Uuid;

pub use bound::{Sketch, UpperBound};
pub use factor::photo::PhotoEvidence;
pub use resemblance::resemblance;
pub use ring::{Ring, in_ring};
pub use signature::MarksSignature;
pub use standing::{KEPT, Rivals, SURROUNDINGS_DAYS, SURROUNDINGS_METERS, Standing, competes, none_of_them, standing};
pub use summary::summary;

use description::Reading;
use factor::{body, breed, color, distance, identity, marks, photo, street, time};
use geometry::Point;

/// Names of the factors, in the order in which they are returned. They are stored and public, so they are never
/// renamed.
pub const FACTOR_NAMES: [&str; 16] = [
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
    "photo",
    "street",
];

/// A sum at which two descriptions count as half alike.
const ALIKE: f64 = 7.2;

/// The parts of a report that are scored.
#[derive(Debug, Clone, PartialEq)]
pub struct Subject {
    /// Id of the report.
    pub id: Uuid,
    /// Kind of report: lost, found, sighted or sheltered.
    pub kind: PetKind,
    /// Species.
    pub species: Species,
    /// The animal's name.
    pub name: Option<String>,
    /// Breed, or primary breed of a mix, in the vocabulary's spelling.
    pub breed_primary: Option<String>,
    /// Second breed of a mix, in the vocabulary's spelling.
    pub breed_secondary: Option<String>,
    /// Whether the animal is a mix.
    pub mixed: bool,
    /// Sex.
    pub sex: Sex,
    /// Whether it is spayed or neutered.
    pub altered: Altered,
    /// Size as estimated by the reporter.
    pub size: PetSize,
    /// Age group as estimated by the reporter.
    pub age_group: AgeGroup,
    /// Coat length.
    pub coat: CoatLength,
    /// Base colours; empty if unknown.
    pub colors: ColorSet,
    /// Coat pattern.
    pub pattern: CoatPattern,
    /// Public distinguishing marks; never the private ones.
    pub markings: Option<String>,
    /// Description of the collar and anything else that it wears.
    pub collar: Option<String>,
    /// The rest of the public text; its words are read for traits that the fields leave out.
    pub description: Option<String>,
    /// Weight in grams.
    pub weight_grams: Option<i32>,
    /// Normalised chip number; secret.
    pub microchip: Option<String>,
    /// Normalised number of a second chip; secret.
    pub second_microchip: Option<String>,
    /// The place: the true point for both subjects, or the public point for both.
    pub point: Option<Point>,
    /// Precision of the point.
    pub precision: PlacePrecision,
    /// The address as it was given; secret. Only the names of streets in it are compared. Leave it out of a report that is
    /// not a lost one, unless a verified shelter says it.
    pub address: Option<String>,
    /// Time at which the animal was last seen, found or taken in.
    pub seen_at: Timestamp,
}

/// A pair that may be one animal, by itself; [`standing`] compares it with its rivals.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Scored {
    /// Whether the chip numbers are equal.
    pub same_chip: bool,
    /// Sum of the factors' weights.
    pub score: f64,
    /// The reasons, in the order of [`FACTOR_NAMES`].
    pub factors: Vec<Factor>,
}

/// One of [`FACTOR_NAMES`]. A type alias, because serde would borrow a plain `&'static str` from its input.
pub type FactorName = &'static str;

/// One reason for or against a match.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Factor<W = String> {
    /// The trait that was compared.
    #[serde(deserialize_with = "known_name")]
    pub name: FactorName,
    /// Natural logarithm of how much likelier the observation is for the same animal than for two; negative values
    /// count against it.
    pub weight: f64,
    /// A sentence for people; it reveals no secret of either report.
    pub explanation: W,
}

/// Selects whether sentences are composed. Most pairs are discarded by their weights, so composing their sentences
/// would be most of the work.
pub trait Wording {
    /// Composes the sentence, or does nothing.
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
/// Returns `None` if the two cannot be the same animal (wrong kinds, different species, or found more than 14 days
/// before the loss). Equal chip numbers override every other factor.
pub fn score(lost: &Subject, other: &Subject) -> Option<Scored> {
    score_with(lost, other, None)
}

/// Scores a pair like [`score`], with what is known of their photos.
pub fn score_with(lost: &Subject, other: &Subject, photo: Option<PhotoEvidence>) -> Option<Scored> {
    if !is_pair(lost, other) {
        return None;
    }
    let same_chip = identity::same_chip(lost, other);
    let is_too_early = time::is_too_early(time::days_between(lost.seen_at, other.seen_at));
    if !same_chip && (lost.species != other.species || is_too_early) {
        return None;
    }

    let factors = factors(&Reading::of(lost), &Reading::of(other), photo);
    let factors: Vec<Factor> = factors.into_iter().flatten().collect();
    let score = factors.iter().map(|factor| factor.weight).sum();
    Some(Scored {
        same_chip,
        score,
        factors,
    })
}

/// All comparisons, in the order of [`FACTOR_NAMES`].
fn factors<W: Wording>(
    lost: &Reading,
    other: &Reading,
    photo: Option<PhotoEvidence>,
) -> [Option<Factor<W>>; FACTOR_NAMES.len()] {
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
        photo::photo(photo),
        street::street(lost, other),
    ]
}

/// Whether the first report is a lost animal and the second one a found, sighted or sheltered animal.
fn is_pair(lost: &Subject, other: &Subject) -> bool {
    lost.kind == PetKind::Lost && other.kind != PetKind::Lost
}

/// Text from a report that may be quoted in a sentence. `None` if it is long or contains a digit, which might belong to
/// a number that was not meant to be public.
fn quotable(text: &str) -> Option<&str> {
    let text = text.trim();
    let plain = text
        .chars()
        .all(|letter| letter.is_alphabetic() || matches!(letter, ' ' | '-' | '\'' | '(' | ')' | '/'));
    (plain && !text.is_empty() && text.chars().count() <= 40).then_some(text)
}

/// Deserialises a factor's name to the matching constant.
fn known_name<'de, D: Deserializer<'de>>(deserializer: D) -> Result<FactorName, D::Error> {
    let name = String::deserialize(deserializer)?;
    FACTOR_NAMES
        .into_iter()
        .find(|known| *known == name)
        .ok_or_else(|| D::Error::custom("not the name of a factor"))
}
